using Bridge.Core;

namespace Bridge.Store;

public enum SponsorshipStatus
{
    Asked,

    /// <summary>Signed, and perhaps used.</summary>
    Approved,
    Refused,

    /// <summary>Its operation's nonce is used.</summary>
    Spent,

    /// <summary>Its time passed before its operation was included; it costs nothing.</summary>
    Released,
}

/// <summary>Where a chain's operations are paid for.</summary>
public sealed record Paymaster(ChainId Chain, Address Contract, Address EntryPoint);

/// <summary>An operation, and what was decided about it.</summary>
/// <param name="IsStub">Only judged; nothing is signed.</param>
/// <param name="ValidUntil">Seconds of the Unix clock; set with the signature, r, s and v.</param>
public sealed record Sponsorship(
    Guid Id, ChainId Chain, bool IsStub, SponsoredOperation Operation, SponsorshipStatus Status, string? Detail, ulong? ValidUntil, byte[]? Signature);

/// <summary>What may be approved within 24 hours, in wei.</summary>
public readonly record struct SponsorBudget(UInt128 OfAccount, UInt128 OfAll);
