using Bridge.Core;

namespace Bridge.Store;

public sealed record PaymasterRow
{
    public required ChainId ChainId { get; init; }
    public required Address Contract { get; init; }
    public required Address EntryPoint { get; init; }
    public required DateTimeOffset ServedAt { get; init; }
}

public sealed record SponsorshipRow
{
    public required Guid Id { get; init; }
    public required ChainId ChainId { get; init; }
    public required bool IsStub { get; init; }
    public required Address Sender { get; init; }
    public required Hash32 Nonce { get; init; }
    public required byte[] InitCode { get; init; }
    public required byte[] CallData { get; init; }
    public required UInt128 VerificationGas { get; init; }
    public required UInt128 CallGas { get; init; }
    public required UInt128 PreVerificationGas { get; init; }
    public required UInt128 PriorityFee { get; init; }
    public required UInt128 MaxFee { get; init; }
    public required UInt128 PaymasterVerificationGas { get; init; }
    public required UInt128 PaymasterPostGas { get; init; }
    public required string Principal { get; init; }
    public required string Status { get; init; }
    public string? Detail { get; init; }
    public UInt128? MaxCost { get; init; }
    public ulong? ValidUntil { get; init; }
    public byte[]? Signature { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
}
