using Bridge.Core;

namespace Bridge.Store;

public sealed record ChainStateRow
{
    public required ChainId ChainId { get; init; }
    public required Address Bridge { get; init; }
    public Address? Intents { get; init; }
    public Address? Permit2 { get; init; }
    public required UInt128 BaseFee { get; init; }
    public required UInt128 PriorityFee { get; init; }
    public required UInt128 DataFee { get; init; }
    public required ulong Height { get; init; }
    public required DateTimeOffset BlockTime { get; init; }
    public required DateTimeOffset ReadAt { get; init; }
}

public sealed record CoinPriceRow
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required UInt128 Units { get; init; }
}

/// <summary>Of the view that puts together what was written down of both ends of an asset's way.</summary>
public sealed record RouteRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required AssetId AssetId { get; init; }
    public required bool IsOpen { get; init; }
    public required UInt128 FeeTransfer { get; init; }
    public required UInt128 FeeTransferTo { get; init; }
    public required UInt128 FeeCallBase { get; init; }
    public required UInt128 FeeCallPerGas { get; init; }
    public required UInt128 FeeCallPerByte { get; init; }
    public required UInt128 OutboundCapacity { get; init; }
    public required ulong OutboundPeriod { get; init; }
    public required UInt128 OutboundAvailable { get; init; }
    public required UInt128 InboundCapacity { get; init; }
    public required ulong InboundPeriod { get; init; }
    public required UInt128 InboundAvailable { get; init; }
    public required UInt128 HoldThreshold { get; init; }
    public required ulong HoldSeconds { get; init; }
    public UInt128? Locked { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public string? PausedWhat { get; init; }
    public UInt128? SourceCoin { get; init; }
    public UInt128? DestinationCoin { get; init; }
    public required DateTimeOffset ReadAt { get; init; }
}

public sealed record TokenSigningRow
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required bool Permit { get; init; }
    public required bool TransferAuthorization { get; init; }
    public required DateTimeOffset ReadAt { get; init; }
}

public sealed record AccountLookRow
{
    public required ChainId ChainId { get; init; }
    public required Address Account { get; init; }
    public required AssetId AssetId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? Code { get; init; }
    public UInt128? Coin { get; init; }
    public UInt128? Balance { get; init; }
    public UInt128? ToBridge { get; init; }
    public UInt128? ToIntents { get; init; }
    public UInt128? ToPermit2 { get; init; }
    public UInt128? PermitNonce { get; init; }
}

public sealed record QuoteRow
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string Body { get; init; }
}
