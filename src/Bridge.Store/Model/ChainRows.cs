using Bridge.Core;

namespace Bridge.Store;

public sealed record CursorRow
{
    public required ChainId ChainId { get; init; }
    public required ulong Height { get; init; }
    public required Hash32 Hash { get; init; }
    public ulong? FinalizedHeight { get; init; }
    public Hash32? FinalizedHash { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record BlockRow
{
    public required ChainId ChainId { get; init; }
    public required ulong Height { get; init; }
    public required Hash32 Hash { get; init; }
}

public sealed record LaneRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Hash32 LaneId { get; init; }
}

public enum DeliveryEventKind { Delivered, Deferred, Retried, Refunded }

public sealed record DeliveryEventRow
{
    public required ChainId DestinationChain { get; init; }
    public required Hash32 TransactionHash { get; init; }
    public required uint LogIndex { get; init; }
    public required DeliveryEventKind Kind { get; init; }
    public required ChainId SourceChain { get; init; }
    public required Sequence FirstSequence { get; init; }
    public required Sequence LastSequence { get; init; }
    public Hash32? RollingHash { get; init; }
    public Address? Account { get; init; }
    public byte[]? Reason { get; init; }
    public Sequence? ReturnSequence { get; init; }
    public required ulong BlockHeight { get; init; }
    public required Hash32 BlockHash { get; init; }
    public required DateTimeOffset BlockTime { get; init; }
    public DateTimeOffset? RetryAt { get; init; }
}
