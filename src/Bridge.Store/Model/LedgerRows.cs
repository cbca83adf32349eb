using System.Numerics;
using Bridge.Core;

namespace Bridge.Store;

public sealed record LedgerAccountRow
{
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required bool IsHome { get; init; }
    public required ulong Height { get; init; }
    public required Hash32 BlockHash { get; init; }
    public required BigInteger Arrived { get; init; }
    public required BigInteger Sent { get; init; }
    public required BigInteger Held { get; init; }
    public required BigInteger Unexplained { get; init; }
    public required BigInteger Accepted { get; init; }
    public DateTimeOffset? BrokenSince { get; init; }
    public required DateTimeOffset CheckedAt { get; init; }
}

public sealed record LedgerFindingRow
{
    public long Id { get; init; }
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required ulong Height { get; init; }
    public required Hash32 BlockHash { get; init; }
    public required BigInteger Unexplained { get; init; }
    public required string Detail { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
}

public sealed record LedgerAmendmentRow
{
    public long Id { get; init; }
    public required ChainId ChainId { get; init; }
    public required AssetId AssetId { get; init; }
    public required BigInteger Accepted { get; init; }
    public required string DecidedBy { get; init; }
    public required string Why { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
}

public sealed record LedgerTotalRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required AssetId AssetId { get; init; }
    public required BigInteger Sent { get; init; }
    public required BigInteger Arrived { get; init; }
}
