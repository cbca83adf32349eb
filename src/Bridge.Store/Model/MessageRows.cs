using Bridge.Core;

namespace Bridge.Store;

public sealed record MessageRow
{
    public required Hash32 MessageId { get; init; }
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Sequence Sequence { get; init; }
    public required byte[] Wire { get; init; }
    public required MessageKind Kind { get; init; }
    public required AssetId AssetId { get; init; }
    public required Address Recipient { get; init; }
    public required Address Sender { get; init; }
    public required UInt128 Amount { get; init; }
    public required UInt128 Fee { get; init; }
    public required ulong BlockHeight { get; init; }
    public required Hash32 BlockHash { get; init; }
    public required DateTimeOffset BlockTime { get; init; }
    public required Hash32 TransactionHash { get; init; }
    public required uint LogIndex { get; init; }
    public required TransferStatus Status { get; init; }
    public required DateTimeOffset ObservedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record TransitionRow
{
    public long Id { get; init; }
    public required Hash32 MessageId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required TransferEvent Event { get; init; }
    public TransferStatus? FromStatus { get; init; }
    public required TransferStatus ToStatus { get; init; }
    public string? Detail { get; init; }
}

public sealed record MessageConflictRow
{
    public required Hash32 MessageId { get; init; }
    public required Hash32 KnownId { get; init; }
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Sequence Sequence { get; init; }
    public required byte[] Wire { get; init; }
    public required ulong BlockHeight { get; init; }
    public required Hash32 BlockHash { get; init; }
    public required Hash32 TransactionHash { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
}
