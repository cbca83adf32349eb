using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Turns a node's JSON into our records, strictly.</summary>
internal static class NodeRead
{
    /// <summary>A block without its transactions; JSON null means the node does not have it.</summary>
    /// <param name="height">The height asked for, if it was asked for by height.</param>
    public static BlockHeader Block(Uri endpoint, JsonElement json, string name, ulong? height = null)
    {
        if (json.ValueKind is JsonValueKind.Null) throw new RpcException(RpcErrorKind.NotFound, endpoint, $"has no block {name}");
        var read = new RpcRead(endpoint);
        var seconds = read.UInt64(read.Member(json, "timestamp"));
        if (seconds > 253_402_300_799) throw read.Invalid(read.Member(json, "timestamp"), "a time before the year 10000");
        var baseFee = json.TryGetProperty("baseFeePerGas", out var fee) && fee.ValueKind is not JsonValueKind.Null ? read.UInt128(fee) : 0;
        var block = new BlockHeader(
            read.UInt64(read.Member(json, "number")), read.Hash(read.Member(json, "hash")), read.Hash(read.Member(json, "parentHash")),
            DateTimeOffset.FromUnixTimeSeconds((long)seconds), baseFee, read.UInt64(read.Member(json, "gasLimit")));
        return height is null || block.Height == height ? block : throw read.Invalid(read.Member(json, "number"), $"block {height}");
    }

    public static LogEntry Log(Uri endpoint, JsonElement json)
    {
        var read = new RpcRead(endpoint);
        // A log of a canonical block is never "removed"; a node that says so is describing some other block.
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("removed", out var removed) && read.Flag(removed))
            throw read.Invalid(removed, "a log that is not removed");
        var topics = read.Items(read.Member(json, "topics")).Select(read.Hash).ToArray();
        var index = read.UInt64(read.Member(json, "logIndex"));
        if (topics.Length > 4 || index > uint.MaxValue) throw read.Invalid(json, "a log with at most four topics");
        return new LogEntry(
            read.Address(read.Member(json, "address")), topics, read.Data(read.Member(json, "data")),
            new BlockRef(read.UInt64(read.Member(json, "blockNumber")), read.Hash(read.Member(json, "blockHash"))),
            read.Hash(read.Member(json, "transactionHash")), (uint)index);
    }

    public static TransactionReceipt Receipt(Uri endpoint, JsonElement json, Hash32 transaction)
    {
        var read = new RpcRead(endpoint);
        var block = new BlockRef(read.UInt64(read.Member(json, "blockNumber")), read.Hash(read.Member(json, "blockHash")));
        var status = read.UInt64(read.Member(json, "status"));
        var logs = read.Items(read.Member(json, "logs")).Select(log => Log(endpoint, log)).ToArray();
        var hash = read.Hash(read.Member(json, "transactionHash"));
        if (hash != transaction || status > 1 || logs.Any(log => log.Block != block || log.Transaction != transaction))
            throw new RpcException(RpcErrorKind.InvalidResponse, endpoint, $"the receipt of {transaction} contradicts itself");
        return new TransactionReceipt(
            hash, block, status == 1, read.UInt64(read.Member(json, "gasUsed")), read.UInt128(read.Member(json, "effectiveGasPrice")), logs);
    }
}
