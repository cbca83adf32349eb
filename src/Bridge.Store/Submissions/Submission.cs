using Bridge.Core;

namespace Bridge.Store;

public enum SubmissionStatus { Intent, Signed, Broadcast, Mined, Final, Dropped, Failed }

/// <summary>One delivery that an executor means to make. It may own several transactions, all of one nonce, of which one is mined.</summary>
public sealed record Submission(
    Guid Id, Lane Lane, Sequence First, Sequence Last, Address Account, ulong? Nonce, ulong? GasLimit, SubmissionStatus Status, string? Detail,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A signed transaction of a submission. Written before it is broadcast, and never removed.</summary>
public sealed record Attempt(Guid SubmissionId, Hash32 TransactionHash, byte[] RawTransaction, GasFees Fees, DateTimeOffset At);
