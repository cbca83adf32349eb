using Bridge.Core;

namespace Bridge.Store;

public enum SubmissionStatus
{
    Intent,

    /// <summary>A nonce is set aside for it; nothing is signed.</summary>
    Reserved,
    Signed,
    Broadcast,
    Mined,

    /// <summary>Mined without effect, not final yet. Its nonce is spent; its messages are planned anew.</summary>
    Void,
    Final,

    /// <summary>Nothing of it was mined or can be.</summary>
    Dropped,

    /// <summary>As Void, and final.</summary>
    Failed,
}

/// <summary>One delivery that an executor means to make. It may own several transactions, all of one nonce, of which one is mined.</summary>
/// <param name="Detail">In words, why it is in its status, or what it waits for.</param>
/// <param name="Age">Since its status was last written, by the database's clock.</param>
public sealed record Submission(
    Guid Id, Lane Lane, Sequence First, Sequence Last, Address Account, ulong? Nonce, ulong? GasLimit, SubmissionStatus Status, string? Detail,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, TimeSpan Age)
{
    /// <summary>Its transaction may be in the pools.</summary>
    public bool InFlight => Status is SubmissionStatus.Signed or SubmissionStatus.Broadcast;
}

/// <summary>A signed transaction of a submission. Written before it is broadcast, and never removed.</summary>
/// <param name="IsCancel">It delivers nothing and only spends the nonce.</param>
public sealed record Attempt(Guid SubmissionId, Hash32 TransactionHash, byte[] RawTransaction, GasFees Fees, DateTimeOffset At, bool IsCancel = false);
