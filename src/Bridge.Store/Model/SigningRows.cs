using Bridge.Core;

namespace Bridge.Store;

public sealed record SigningLogRow
{
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Hash32 RollingHash { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

public sealed record SigningConflictRow
{
    public long Id { get; init; }
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Hash32 RollingHash { get; init; }
    public required DateTimeOffset RefusedAt { get; init; }
}

public sealed record SignatureRow
{
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Epoch Epoch { get; init; }
    public required CompactSignature Signature { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
}

public sealed record HandoverRow
{
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Epoch Epoch { get; init; }
    public required string Relayer { get; init; }
    public required DateTimeOffset At { get; init; }
}
