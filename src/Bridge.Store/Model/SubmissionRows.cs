using Bridge.Core;

namespace Bridge.Store;

public sealed record LeaseRow
{
    public required string Name { get; init; }
    public required Guid Holder { get; init; }
    public required long FencingToken { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

public sealed record SubmissionRow
{
    public required Guid Id { get; init; }
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Sequence FirstSequence { get; init; }
    public required Sequence LastSequence { get; init; }
    public required Address Account { get; init; }
    public ulong? Nonce { get; init; }
    public ulong? GasLimit { get; init; }
    public required SubmissionStatus Status { get; init; }
    public string? Detail { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public UInt128? SpentWei { get; init; }
    public UInt128? EarnedWei { get; init; }
}

public sealed record SubmissionAttemptRow
{
    public required Hash32 TransactionHash { get; init; }
    public required Guid SubmissionId { get; init; }
    public required byte[] RawTransaction { get; init; }
    public required UInt128 MaxFee { get; init; }
    public required UInt128 PriorityFee { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
    public required bool IsCancel { get; init; }
}

public sealed record ExecutorAccountRow
{
    public required ChainId ChainId { get; init; }
    public required Address Account { get; init; }
    public required ulong SettledNonce { get; init; }
}

public sealed record AccountQuarantineRow
{
    public required long Id { get; init; }
    public required ChainId ChainId { get; init; }
    public required Address Account { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset QuarantinedAt { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
    public string? ReleasedBy { get; init; }
    public string? ReleasedWhy { get; init; }
}

public sealed record OperatorRequestRow
{
    public required long Id { get; init; }
    public required RequestKind Kind { get; init; }
    public Guid? SubmissionId { get; init; }
    public Guid? ErrandId { get; init; }
    public Hash32? MessageId { get; init; }
    public required string AskedBy { get; init; }
    public required string AskedWhy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public RequestOutcome? Outcome { get; init; }
    public string? Detail { get; init; }
}

public sealed record RolePauseRow
{
    public required long Id { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset PausedAt { get; init; }
    public required string PausedBy { get; init; }
    public required string PausedWhy { get; init; }
    public DateTimeOffset? ResumedAt { get; init; }
    public string? ResumedBy { get; init; }
    public string? ResumedWhy { get; init; }
}
