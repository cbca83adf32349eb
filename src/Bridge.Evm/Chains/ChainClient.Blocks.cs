using Bridge.Core;

namespace Bridge.Evm;

public sealed partial class ChainClient
{
    /// <summary>Most blocks that one call reads.</summary>
    public const ulong MaxBlocks = 10_000;

    /// <summary>The highest block that a quorum has reached and agrees on.</summary>
    /// <exception cref="EndpointQuorumException">No quorum agrees.</exception>
    public Task<BlockHeader> HeadAsync(CancellationToken ct) => NewestAsync("latest", height => height, ct);

    /// <summary>
    /// The newest final block: with the endpoints sorted by their final heights, the least height of the best quorum, with a hash that
    /// a quorum agrees on. A single endpoint can neither push it forward nor hold it back while a quorum of others is there.
    /// </summary>
    /// <exception cref="EndpointQuorumException">No quorum agrees. The quorum is never lowered.</exception>
    public Task<BlockHeader> FinalAsync(FinalityPolicy policy, CancellationToken ct) => policy.Tag switch
    {
        FinalityTag.Finalized => NewestAsync("finalized", height => height, ct),
        FinalityTag.Safe => NewestAsync("safe", height => height, ct),
        FinalityTag.Depth => NewestAsync("latest", policy.FinalHeight, ct),
        _ => throw new ArgumentException($"{policy.Tag} is no finality tag.", nameof(policy)),
    };

    /// <exception cref="EndpointQuorumException">No quorum has the block or agrees on it.</exception>
    public Task<BlockHeader> BlockAsync(ulong height, CancellationToken ct) => _group.AgreeAsync(
        $"block {height}", (e, t) => BlockOfAsync(e, Quantity.Of(height), height, t), Fingerprint.Of, ct);

    /// <summary>Every block from <paramref name="from"/> to <paramref name="to"/>, both included, each the parent of the next.</summary>
    /// <exception cref="ArgumentException">No block, or more than <see cref="MaxBlocks"/>.</exception>
    /// <exception cref="EndpointQuorumException">No quorum has all of them or agrees on them.</exception>
    public Task<IReadOnlyList<BlockHeader>> BlocksAsync(ulong from, ulong to, CancellationToken ct)
    {
        if (from > to || to - from >= MaxBlocks) throw new ArgumentException($"A range of blocks has 1 to {MaxBlocks} blocks, not {from} to {to}.");
        return _group.AgreeAsync($"blocks {from} to {to}", (e, t) => e.AskAsync((rpc, token) => BlocksOfAsync(rpc, from, to, token), t), Fingerprint.Of, ct);
    }

    /// <summary>
    /// All logs of <paramref name="emitter"/> in the blocks from <paramref name="from"/> to <paramref name="to"/>, both included, in the
    /// order of the chain. Ranges that a node finds too large are halved.
    /// </summary>
    /// <exception cref="EndpointQuorumException">No quorum gave the same logs, for instance because one leaves some out.</exception>
    public async Task<IReadOnlyList<LogEntry>> LogsAsync(Address emitter, ulong from, ulong to, CancellationToken ct)
    {
        if (from > to) throw new ArgumentException($"A range of blocks ends where it starts or later, not {from} to {to}.");
        var agreed = await _group.AgreeAsync(
            $"logs of {emitter} in blocks {from} to {to}",
            (e, t) => e.AskAsync((rpc, token) => LogReader.ReadAsync(rpc, emitter, from, to, token), t),
            range => $"{Fingerprint.Of(range.Logs)} up to {range.End}", ct);
        return agreed.Logs;
    }

    private async Task<BlockHeader> NewestAsync(string tag, Func<ulong, ulong> below, CancellationToken ct)
    {
        var newest = await _group.CollectAsync($"{tag} block", (e, t) => BlockOfAsync(e, tag, null, t), ct);
        // A height below the quorum-th best is tried when the best is not agreed on: an endpoint may claim a height that it alone has.
        var candidates = newest.Select(block => below(block.Height)).OrderDescending().Skip(_group.Quorum - 1).Distinct().ToList();
        for (var i = 0; ; i++)
        {
            var seen = newest.Where(block => block.Height == candidates[i]).GroupBy(Fingerprint.Of).FirstOrDefault(same => same.Count() >= _group.Quorum);
            if (seen is not null) return seen.First();
            try
            {
                return await BlockAsync(candidates[i], ct);
            }
            catch (EndpointQuorumException) when (i < candidates.Count - 1)
            {
                // The next lower height may be agreed on.
            }
        }
    }

    private static async Task<BlockHeader> BlockOfAsync(EndpointState endpoint, string name, ulong? height, CancellationToken ct)
    {
        var block = await endpoint.AskAsync(async (rpc, token) =>
            NodeRead.Block(rpc.Url, await rpc.CallAsync("eth_getBlockByNumber", [name, false], token), name, height), ct);
        if (name == "latest") endpoint.SawHeight(block.Height);
        return block;
    }

    private static async Task<IReadOnlyList<BlockHeader>> BlocksOfAsync(RpcEndpoint rpc, ulong from, ulong to, CancellationToken ct)
    {
        var heights = Enumerable.Range(0, (int)(to - from) + 1).Select(i => from + (ulong)i).ToArray();
        var replies = await rpc.BatchAsync([.. heights.Select(h => ("eth_getBlockByNumber", new object?[] { Quantity.Of(h), false }))], ct);
        var blocks = replies.Select((reply, i) => NodeRead.Block(rpc.Url, reply, $"{heights[i]}", heights[i])).ToArray();
        for (var i = 1; i < blocks.Length; i++)
            if (blocks[i].Parent != blocks[i - 1].Hash)
                throw new RpcException(RpcErrorKind.InvalidResponse, rpc.Url, $"block {heights[i]} is not the child of block {heights[i - 1]}");
        return blocks;
    }
}
