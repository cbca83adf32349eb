using System.Security.Cryptography;
using System.Text;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Rows">Without the header.</param>
public sealed record WrittenExport(ulong Rows, long Bytes, Hash32 Sha256);

/// <summary>Writes an export and hashes what it writes.</summary>
public static class ExportWriter
{
    public static async Task<WrittenExport> WriteAsync(NpgsqlDataSource source, ExportRequest request, Stream output, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await WriteAsync(connection, request, page => output.WriteAsync(page, ct).AsTask(), ct);
    }

    internal static async Task<WrittenExport> WriteAsync(NpgsqlConnection connection, ExportRequest request, Func<byte[], Task> write, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (rows, length) = (0UL, 0L);
        await foreach (var (text, count) in new TransferExport(connection, request).LinesAsync(ct))
        {
            if (text.Length == 0) continue;
            var page = Encoding.UTF8.GetBytes(text);
            hash.AppendData(page);
            (rows, length) = (rows + (ulong)count, length + page.Length);
            await write(page);
        }
        return new WrittenExport(rows, length, new Hash32(hash.GetHashAndReset()));
    }
}
