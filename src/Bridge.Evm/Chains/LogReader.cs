using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>One endpoint's logs of a range, in the order of the chain.</summary>
/// <param name="End">The range's last block as this endpoint knows it: without it, a node that lags would look like an empty range.</param>
internal sealed record LogRange(BlockRef End, IReadOnlyList<LogEntry> Logs);

internal static class LogReader
{
    /// <summary>Halves the range for as long as the node finds it too large; a single block that is too large is an error.</summary>
    public static async Task<LogRange> ReadAsync(RpcEndpoint rpc, Address emitter, ulong from, ulong to, CancellationToken ct)
    {
        try
        {
            return await ReadOnceAsync(rpc, emitter, from, to, ct);
        }
        catch (RpcException e) when (from < to && MayBeTooLarge(e))
        {
            var middle = from + ((to - from) / 2);
            var lower = await ReadAsync(rpc, emitter, from, middle, ct);
            var upper = await ReadAsync(rpc, emitter, middle + 1, to, ct);
            return new LogRange(upper.End, [.. lower.Logs, .. upper.Logs]);
        }
    }

    /// <summary>Some nodes say "limit exceeded" under the code of a rate limit when they mean the range; the retries before have waited it out if not.</summary>
    private static bool MayBeTooLarge(RpcException e) => e is { Kind: RpcErrorKind.RangeTooLarge } or { Kind: RpcErrorKind.RateLimited, Code: -32005 };

    private static async Task<LogRange> ReadOnceAsync(RpcEndpoint rpc, Address emitter, ulong from, ulong to, CancellationToken ct)
    {
        var filter = new { address = emitter.ToString(), fromBlock = Quantity.Of(from), toBlock = Quantity.Of(to) };
        var replies = await rpc.BatchAsync([("eth_getBlockByNumber", [Quantity.Of(to), false]), ("eth_getLogs", [filter])], ct);
        var end = NodeRead.Block(rpc.Url, replies[0], $"{to}", to).Ref;
        var logs = new RpcRead(rpc.Url).Items(replies[1]).Select(log => NodeRead.Log(rpc.Url, log))
            .OrderBy(log => log.Block.Height).ThenBy(log => log.LogIndex).ToArray();
        return Fault(logs, emitter, from, end) is { } fault
            ? throw new RpcException(RpcErrorKind.InvalidResponse, rpc.Url, $"logs of {from} to {to}: {fault}")
            : new LogRange(end, logs);
    }

    private static string? Fault(LogEntry[] logs, Address emitter, ulong from, BlockRef end)
    {
        for (var i = 0; i < logs.Length; i++)
        {
            var log = logs[i];
            if (log.Emitter != emitter) return $"one is by {log.Emitter}, not {emitter}";
            if (log.Block.Height < from || log.Block.Height > end.Height) return $"one is of block {log.Block.Height}";
            if (log.Block.Height == end.Height && log.Block != end) return $"block {end.Height} has two hashes";
            if (i == 0 || logs[i - 1].Block.Height != log.Block.Height) continue;
            if (logs[i - 1].Block != log.Block) return $"block {log.Block.Height} has two hashes";
            if (logs[i - 1].LogIndex == log.LogIndex) return $"index {log.LogIndex} of block {log.Block.Height} occurs twice";
        }
        return null;
    }
}

internal static class Quantity
{
    /// <summary>The JSON-RPC form of a number: hex without leading zeros.</summary>
    public static string Of(ulong number) => $"0x{number:x}";
}
