using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Watch;

/// <summary>Turns a range of one chain's logs into the rows that the store keeps.</summary>
public sealed class FactReader(ChainSet chains, TransferStore transfers)
{
    /// <param name="linked">The last stored block, onto which the range must link.</param>
    /// <param name="safeHeight">At or below it parent hashes are not walked: the endpoints' quorum agrees on final blocks by hash.</param>
    /// <exception cref="LyingSourceException">A message does not continue its lane, or the lane's other end is not configured.</exception>
    /// <exception cref="ForkException">The blocks do not link: a reorg is under way, the next poll finds the common ancestor.</exception>
    public async Task<ChainFacts> ReadAsync(ChainLink link, BlockRef linked, ulong to, ulong safeHeight, CancellationToken ct)
    {
        var from = linked.Height + 1;
        var logs = await link.Client.LogsAsync(link.BridgeAddress, from, to, ct);
        var headers = await HeadersAsync(link, logs, from, to, safeHeight, ct);
        Links(headers, linked);

        var blocks = headers.Values.ToDictionary(h => h.Height, h => new BlockFact(h.Height, h.Hash, h.Parent, h.Time));
        foreach (var log in logs.Where(log => blocks[log.Block.Height].Hash != log.Block.Hash))
            throw new ForkException($"a log of block {log.Block} does not belong to that height's block {blocks[log.Block.Height].Hash}");

        var events = logs.Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<BridgeEvent>().ToList();
        return new ChainFacts(
            link.Id, linked, [.. blocks.Values.OrderBy(b => b.Height)],
            await SentAsync(link, events.OfType<MessageSent>().ToList(), blocks, ct),
            [.. events.OfType<MessagesDelivered>().Select(e => new DeliveredFact(
                Into(link, e.LaneId), e.First, e.Last, e.RollingHash, e.Deliverer, blocks[e.Log.Block.Height], e.Log.Transaction, e.Log.LogIndex))],
            [.. events.OfType<MessageDeferred>().Select(e => new DeferredFact(
                Into(link, e.LaneId), e.Sequence, e.Reason, blocks[e.Log.Block.Height], e.Log.Transaction, e.Log.LogIndex, DeferralReason.RetryAt(e.HeldUntil, e.Reason)))],
            [.. events.OfType<MessageRetried>().Select(e => new RetriedFact(
                Into(link, e.LaneId), e.Sequence, e.Caller, blocks[e.Log.Block.Height], e.Log.Transaction, e.Log.LogIndex))],
            [.. events.OfType<MessageRefunded>().Select(e => new RefundedFact(
                Into(link, e.LaneId), e.Sequence, e.Return, e.Caller, blocks[e.Log.Block.Height], e.Log.Transaction, e.Log.LogIndex))],
            new BlockRef(to, blocks[to].Hash))
        {
            Registered = [.. events.OfType<AssetRegistered>().Select(e => new RegisteredFact(e.Asset, blocks[e.Log.Block.Height]))],
        };
    }

    /// <summary>Every header above <paramref name="safeHeight"/>, and below it only those that are referred to.</summary>
    private static async Task<SortedDictionary<ulong, BlockHeader>> HeadersAsync(
        ChainLink link, IReadOnlyList<LogEntry> logs, ulong from, ulong to, ulong safeHeight, CancellationToken ct)
    {
        var headers = new SortedDictionary<ulong, BlockHeader>();
        var walkFrom = Math.Max(from, Math.Min(safeHeight + 1, to));
        foreach (var header in await link.Client.BlocksAsync(walkFrom, to, ct)) headers[header.Height] = header;
        foreach (var height in logs.Select(log => log.Block.Height).Distinct().Where(h => !headers.ContainsKey(h)))
            headers[height] = await link.Client.BlockAsync(height, ct);
        return headers;
    }

    private static void Links(SortedDictionary<ulong, BlockHeader> headers, BlockRef linked)
    {
        var previous = linked;
        foreach (var header in headers.Values)
        {
            if (header.Height == previous.Height + 1 && header.Parent != previous.Hash)
                throw new ForkException($"block {header.Ref} names parent {header.Parent}, the block below is {previous.Hash}");
            previous = header.Ref;
        }
    }

    /// <exception cref="LyingSourceException">No configured chain has such a lane into this one.</exception>
    private Lane Into(ChainLink link, Hash32 laneId) => chains.FindLane(laneId) is { } lane && lane.Destination == link.Id
        ? lane
        : throw new LyingSourceException($"chain {link.Id}: no configured chain has a lane {laneId} into it. Add the lane's source under Bridge:Chains");

    private async Task<IReadOnlyList<SentFact>> SentAsync(
        ChainLink link, IReadOnlyList<MessageSent> sent, Dictionary<ulong, BlockFact> blocks, CancellationToken ct)
    {
        var facts = new List<SentFact>(sent.Count);
        foreach (var group in sent.GroupBy(e => new Lane(link.Id, e.Destination)))
        {
            if (chains.Find(group.Key.Destination) is null)
                throw new LyingSourceException($"lane {group.Key}: chain {group.Key.Destination} is not configured. Add it under Bridge:Chains");
            var laneId = chains.LaneId(group.Key);
            var head = await HeadBelowAsync(group.Key, group.First().Sequence, laneId, ct);
            LaneFold.Extend(group.Key, head, [.. group]);
            facts.AddRange(group.Select(e => new SentFact(
                group.Key, e.Sequence, e.RollingHash, laneId, e.Wire, Decode(group.Key, e), blocks[e.Log.Block.Height], e.Log.Transaction, e.Log.LogIndex)));
        }
        return facts;
    }

    private async Task<LaneState> HeadBelowAsync(Lane lane, Sequence first, Hash32 laneId, CancellationToken ct)
    {
        if (first.Value <= 1) return new LaneState(Sequence.None, laneId);
        var before = new Sequence(first.Value - 1);
        return await transfers.RollingHashAsync(lane, before, ct) is { } hash
            ? new LaneState(before, hash)
            : throw new LyingSourceException($"lane {lane}: message {first} came without {before}; an endpoint hides logs, or StartBlock is above the Bridge's deployment");
    }

    private static Message Decode(Lane lane, MessageSent e) => MessageCodec.TryDecode(e.Wire, out var message, out var fault)
        ? message
        : throw new LyingSourceException($"lane {lane}: message {e.Sequence} cannot be decoded ({fault}); this release does not know its kind");
}

/// <summary>The chain changed under the reader.</summary>
public sealed class ForkException(string message) : Exception(message);
