using System.Buffers.Binary;
using System.Security.Cryptography;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Short texts that are equal exactly when answers are: what endpoints are compared by, and what errors show.</summary>
internal static class Fingerprint
{
    public static string Of(BlockHeader block) =>
        $"{block.Height} {block.Hash} parent {block.Parent} time {block.Time.ToUnixTimeSeconds()} base fee {block.BaseFee} gas limit {block.GasLimit}";

    public static string Of(IReadOnlyList<BlockHeader> blocks) => $"{blocks.Count} blocks, sha256 {Sum(hash =>
    {
        foreach (var block in blocks) hash.AppendData(System.Text.Encoding.ASCII.GetBytes(Of(block) + "\n"));
    })}";

    public static string Of(byte[] data) =>
        data.Length <= 64 ? Hex.Format(data) : $"{data.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(data))}";

    /// <summary>Of logs in the order of the chain, over every field, each of fixed length or preceded by its length.</summary>
    public static string Of(IReadOnlyList<LogEntry> logs) => $"{logs.Count} logs, sha256 {Sum(hash =>
    {
        foreach (var log in logs)
        {
            hash.AppendData(Number(log.Block.Height));
            hash.AppendData(log.Block.Hash.ToArray());
            hash.AppendData(log.Transaction.ToArray());
            hash.AppendData(Number(log.LogIndex));
            hash.AppendData(log.Emitter.ToArray());
            hash.AppendData(Number((ulong)log.Topics.Count));
            foreach (var topic in log.Topics) hash.AppendData(topic.ToArray());
            hash.AppendData(Number((ulong)log.Data.Length));
            hash.AppendData(log.Data);
        }
    })}";

    private static string Sum(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Number(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
