using Bridge.Core;

namespace Bridge.Store;

public enum ErrandKind { Intent, Retry, Fees }

public enum ErrandStatus
{
    /// <summary>Handed in; nothing is signed.</summary>
    Accepted,
    Signed,
    Broadcast,
    Mined,
    Final,

    /// <summary>Never signed: the chain would not have taken it.</summary>
    Refused,

    /// <summary>Signed and without effect: reverted, or its nonce was spent on something else.</summary>
    Failed,
}

/// <summary>What a submitter does for somebody else.</summary>
/// <param name="Intent">Of kind Intent: what was signed, with the signature.</param>
/// <param name="Route">Of kind Fees: where the fees lead, and of which asset they are.</param>
/// <param name="MessageId">Of a retry: which message. Of an intent: what it became, once it was mined.</param>
/// <param name="Detail">In words, why it is in its status, or what it waits for.</param>
/// <param name="Age">Since its status was last written, by the database's clock.</param>
public sealed record Errand(
    Guid Id, ErrandKind Kind, ChainId Chain, SignedIntent? Intent, byte[]? Signature, (ChainId Destination, AssetId Asset)? Route, Hash32? MessageId, ErrandStatus Status, string? Detail, Address? Account,
    ulong? Nonce, ulong? GasLimit, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, TimeSpan Age)
{
    /// <summary>Its transaction may be in the pools.</summary>
    public bool InFlight => Status is ErrandStatus.Signed or ErrandStatus.Broadcast;
}

/// <summary>A signed transaction of an errand, written before it is broadcast and never removed.</summary>
/// <param name="IsCancel">It only spends the nonce.</param>
public sealed record ErrandAttempt(Guid ErrandId, Hash32 TransactionHash, byte[] RawTransaction, GasFees Fees, bool IsCancel);
