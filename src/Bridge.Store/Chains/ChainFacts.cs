using Bridge.Core;

namespace Bridge.Store;

/// <param name="At">The last block whose logs are committed.</param>
public sealed record Cursor(ChainId Chain, BlockRef At, BlockRef? Finalized);

public sealed record BlockFact(ulong Height, Hash32 Hash, Hash32 Parent, DateTimeOffset Time);

public sealed record SentFact(
    Lane Lane, Sequence Sequence, Hash32 MessageId, Hash32 LaneId, byte[] Wire, Message Message, BlockFact Block, Hash32 Transaction, uint LogIndex);

public sealed record DeliveredFact(
    Lane Lane, Sequence First, Sequence Last, Hash32 RollingHash, Address Deliverer, BlockFact Block, Hash32 Transaction, uint LogIndex);

/// <param name="RetryAt">Before when no retry can work, as the destination said; null if it did not say.</param>
public sealed record DeferredFact(
    Lane Lane, Sequence Sequence, byte[] Reason, BlockFact Block, Hash32 Transaction, uint LogIndex, DateTimeOffset? RetryAt = null);

public sealed record RetriedFact(Lane Lane, Sequence Sequence, Address Caller, BlockFact Block, Hash32 Transaction, uint LogIndex);

/// <param name="Return">The position, in the reverse lane, of the message that brings the amount back.</param>
public sealed record RefundedFact(Lane Lane, Sequence Sequence, Sequence Return, Address Caller, BlockFact Block, Hash32 Transaction, uint LogIndex);

/// <summary>Everything that one range of one chain's blocks says.</summary>
/// <param name="Previous">The cursor onto which the range links.</param>
public sealed record ChainFacts(
    ChainId Chain, BlockRef Previous, IReadOnlyList<BlockFact> Blocks, IReadOnlyList<SentFact> Sent, IReadOnlyList<DeliveredFact> Delivered,
    IReadOnlyList<DeferredFact> Deferred, IReadOnlyList<RetriedFact> Retried, IReadOnlyList<RefundedFact> Refunded, BlockRef NewCursor)
{
    /// <summary>Assets that the Bridge registered.</summary>
    public IReadOnlyList<RegisteredFact> Registered { get; init; } = [];
}

public sealed record RegisteredFact(AssetId Asset, BlockFact Block);

public sealed record LaneRange(Lane Lane, Sequence First, Sequence Last);

/// <param name="Halted">A final block vanished: the lanes that it touched are halted.</param>
public sealed record RewindResult(int Orphaned, int Dropped, bool Halted);

/// <summary>A fact contradicts a stored one in a way that no reorg explains. Nothing was recorded.</summary>
public class ConflictingFactException(string message) : Exception(message);

/// <summary>One of two messages at a sequence that is not final was never sent. Which one, reading again shows.</summary>
public sealed class ContradictedMessageException(string message) : ConflictingFactException(message);

/// <summary>Another process moved the cursor. Nothing was recorded; read it again.</summary>
public sealed class CursorMovedException(ChainId chain) : Exception($"chain {chain}: another process moved the cursor");

/// <summary>What was read again of final blocks.</summary>
/// <param name="Facts">How many there are.</param>
/// <param name="Missing">In words, those that were not stored.</param>
public sealed record Backfilled(int Facts, IReadOnlyList<string> Missing);
