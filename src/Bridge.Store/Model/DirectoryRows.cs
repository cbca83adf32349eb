using Bridge.Core;

namespace Bridge.Store;

public sealed record AssetEntity
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required Address Token { get; init; }
    public required string Mode { get; init; }
    public required string Symbol { get; init; }
    public required int Decimals { get; init; }
}

public sealed record ValidatorSetRow
{
    public required ChainId ChainId { get; init; }
    public required Epoch Epoch { get; init; }
    public required Address Bridge { get; init; }
    public required byte[][] Members { get; init; }
    public required int Threshold { get; init; }
    public required bool IsCurrent { get; init; }
}

public sealed record LaneHaltRow
{
    public long Id { get; init; }
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required string Code { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset HaltedAt { get; init; }
    public DateTimeOffset? ResumedAt { get; init; }
    public string? ResumedBy { get; init; }
    public string? ResumedWhy { get; init; }
}

public sealed record HeartbeatRow
{
    public required string Component { get; init; }
    public required string State { get; init; }
    public string? Detail { get; init; }
    public required DateTimeOffset BeatenAt { get; init; }
    public required DateTimeOffset Since { get; init; }
}

public sealed record SchemaMigrationRow
{
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
}

public sealed record EndpointRow
{
    public required ChainId ChainId { get; init; }
    public required string Name { get; init; }
    public required string State { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? LastOkAt { get; init; }
    public ulong? Height { get; init; }
    public required long Disagreements { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}
