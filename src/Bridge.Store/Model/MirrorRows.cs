using Bridge.Core;

namespace Bridge.Store;

public sealed record AssetRegistrationRow
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required ulong BlockHeight { get; init; }
}

public sealed record ChainRow
{
    public required ChainId ChainId { get; init; }
    public required string Name { get; init; }
    public required Address Bridge { get; init; }
    public required Address Gateway { get; init; }
    public required string Finality { get; init; }
    public required string FeeModel { get; init; }
    public required ulong HeadHeight { get; init; }
    public required DateTimeOffset HeadTime { get; init; }
    public required ulong FinalHeight { get; init; }
    public required DateTimeOffset FinalTime { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
    public double? BlockSeconds { get; init; }
}

public sealed record LaneEndRow
{
    public required ChainId ChainId { get; init; }
    public required ChainId OtherChain { get; init; }
    public required bool IsOpen { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

public sealed record AssetLimitRow
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required UInt128 Locked { get; init; }
    public required UInt128 InboundCapacity { get; init; }
    public required UInt128 InboundAvailable { get; init; }
    public required long InboundPeriod { get; init; }
    public UInt128? OutboundCapacity { get; init; }
    public UInt128? OutboundAvailable { get; init; }
    public long? OutboundPeriod { get; init; }
    public UInt128? HoldThreshold { get; init; }
    public long? HoldSeconds { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

public sealed record MinimumFeeRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required AssetId AssetId { get; init; }
    public required UInt128 Transfer { get; init; }
    public required UInt128 TransferTo { get; init; }
    public required UInt128 CallBase { get; init; }
    public required UInt128 CallPerGas { get; init; }
    public required UInt128 CallPerByte { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

public sealed record ApiSecretRow
{
    public required string Name { get; init; }
    public required byte[] Value { get; init; }
}
