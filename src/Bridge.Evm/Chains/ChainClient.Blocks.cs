using System.Text.Json;
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
    public async Task<BlockHeader> FinalAsync(FinalityPolicy policy, CancellationToken ct)
    {
        var final = await (policy.Tag switch
        {
            FinalityTag.Finalized => NewestAsync("finalized", height => height, ct),
            FinalityTag.Safe => NewestAsync("safe", height => height, ct),
            FinalityTag.Depth => NewestAsync("latest", policy.FinalHeight, ct),
            _ => throw new ArgumentException($"{policy.Tag} is no finality tag.", nameof(policy)),
        });
        _group.SawFinal(final.Height);
        return final;
    }

    /// <exception cref="EndpointQuorumException">No quorum has the block or agrees on it.</exception>
    public Task<BlockHeader> BlockAsync(ulong height, CancellationToken ct) => _group.AgreeAsync(
        $"block {height}", height, (e, t) => BlockOfAsync(e, Quantity.Of(height), height, t), Fingerprint.Of, ct);

    /// <summary>Every block from <paramref name="from"/> to <paramref name="to"/>, both included, each the parent of the next.</summary>
    /// <exception cref="ArgumentException">No block, or more than <see cref="MaxBlocks"/>.</exception>
    /// <exception cref="EndpointQuorumException">No quorum has all of them or agrees on them.</exception>
    public Task<IReadOnlyList<BlockHeader>> BlocksAsync(ulong from, ulong to, CancellationToken ct)
    {
        if (from > to || to - from >= MaxBlocks) throw new ArgumentException($"A range of blocks has 1 to {MaxBlocks} blocks, not {from} to {to}.");
        return _group.AgreeAsync($"blocks {from} to {to}", to, (e, t) => e.AskAsync((rpc, token) => BlocksOfAsync(rpc, from, to, token), t), Fingerprint.Of, ct);
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
            $"logs of {emitter} in blocks {from} to {to}", to,
            (e, t) => e.AskAsync((rpc, token) => LogReader.ReadAsync(rpc, emitter, from, to, token), t),
            range => $"{Fingerprint.Of(range.Logs)} up to {range.End}", ct, HasForgottenAsync);
        return agreed.Logs;
    }

    /// <summary>A node that has pruned its history without saying so leaves logs out, and does not know their transactions either.</summary>
    private static async Task<bool> HasForgottenAsync(EndpointState endpoint, LogRange theirs, LogRange agreed)
    {
        var kept = theirs.Logs.Select(log => Fingerprint.Of([log])).ToHashSet();
        var missing = agreed.Logs.Where(log => !kept.Contains(Fingerprint.Of([log]))).ToList();
        if (theirs.End != agreed.End || missing.Count == 0 || theirs.Logs.Count + missing.Count != agreed.Logs.Count) return false;
        try
        {
            return (await endpoint.CallAsync("eth_getTransactionReceipt", [missing[0].Transaction.ToString()], CancellationToken.None)).ValueKind is JsonValueKind.Null;
        }
        catch (Exception e) when (e is RpcException or WrongChainException)
        {
            // Its health holds the failure. Who cannot show that it has forgotten has left something out.
            return false;
        }
    }

    private async Task<BlockHeader> NewestAsync(string tag, Func<ulong, ulong> below, CancellationToken ct)
    {
        var newest = await _group.CollectAsync($"{tag} block", async (e, t) => (Endpoint: e, Block: await BlockOfAsync(e, tag, null, t)), ct);
        // A height below the quorum-th best is tried when the best is not agreed on: an endpoint may claim a height that it alone has.
        var candidates = newest.Select(said => below(said.Block.Height)).OrderDescending().Skip(_group.Quorum - 1).Distinct().ToList();
        for (var i = 0; ; i++)
        {
            var same = newest.Where(said => said.Block.Height == candidates[i]).GroupBy(said => Fingerprint.Of(said.Block)).FirstOrDefault(same => same.Count() >= _group.Quorum);
            if (same is not null)
            {
                if (tag != "latest") ReportOthers(tag, same.First().Block, newest);
                return same.First().Block;
            }
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

    private void ReportOthers(string tag, BlockHeader agreed, IReadOnlyList<(EndpointState Endpoint, BlockHeader Block)> newest)
    {
        foreach (var (endpoint, block) in newest.Where(said => said.Block.Height == agreed.Height && Fingerprint.Of(said.Block) != Fingerprint.Of(agreed)))
            _group.Report(endpoint, $"{tag} block {agreed.Height}", Fingerprint.Of(block), Fingerprint.Of(agreed), EndpointCondition.Lying);
    }

    private async Task<BlockHeader> BlockOfAsync(EndpointState endpoint, string name, ulong? height, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var block = await endpoint.AskAsync(async (rpc, token) =>
            NodeRead.Block(rpc.Url, await rpc.CallAsync("eth_getBlockByNumber", [name, false], token), name, height), ct);
        if (name != "latest") return block;
        endpoint.SawHead(block.Height, _time.GetElapsedTime(started));
        return _group.StandsStill(endpoint) is { } since
            ? throw new RpcException(RpcErrorKind.Stale, endpoint.Url, $"stands at block {block.Height} since before {since:HH:mm:ss} UTC, while others go on")
            : block;
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
