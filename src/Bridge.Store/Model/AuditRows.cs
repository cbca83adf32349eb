using Bridge.Core;

namespace Bridge.Store;

public sealed record AuditVerdictRow
{
    public long Id { get; init; }
    public required string Law { get; init; }
    public required string State { get; init; }
    public required string Detail { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed record AuditPauseRow
{
    public required ChainId ChainId { get; init; }
    public required long VerdictId { get; init; }
    public Hash32? TransactionHash { get; init; }
    public required DateTimeOffset At { get; init; }
}
