using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Status">"Asked" or "Done".</param>
public sealed record ExportJob(
    Guid Id, ExportRequest Request, string Status, long? Rows, long? Bytes, string? Manifest, DateTimeOffset AskedAt, DateTimeOffset? FinishedAt);

/// <summary>The exports that were asked for. The API asks; a node with the key of the log writes and signs.</summary>
public sealed class ExportStore(NpgsqlDataSource source)
{
    /// <summary>Waiting at once, of one who asks.</summary>
    public const int MostOfOne = 5;

    public const int KeptDays = 7;

    private const string Select = "SELECT id, format, filters, columns, tree_size, status, rows, bytes, manifest, asked_at, finished_at FROM audit_export";

    /// <returns>False where too many of the same caller wait.</returns>
    public Task<bool> AskAsync(Guid id, string principal, ExportRequest request, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"export {principal}");
        var waiting = await connection.ScalarAsync<long>("SELECT count(*) FROM audit_export WHERE principal = $1 AND status = 'Asked' AND id <> $2", ct, principal, id);
        if (waiting >= MostOfOne) return false;
        await connection.ExecuteAsync(
            "INSERT INTO audit_export (id, principal, format, filters, columns, tree_size) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", ct,
            id, principal, request.Format, request.Filter.Text(), request.Columns.ToArray(), request.TreeSize);
        return true;
    }, ct);

    /// <summary>Null where there is none, or not any more.</summary>
    public async Task<ExportJob?> FindAsync(Guid id, CancellationToken ct) =>
        await source.QueryAsync($"{Select} WHERE id = $1", Read, ct, id) is [var job] ? job : null;

    /// <summary>Its content, a part at a time, while it is there.</summary>
    public async IAsyncEnumerable<byte[]> PartsAsync(Guid id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (var part = 0; await source.QueryAsync("SELECT content FROM audit_export_part WHERE export_id = $1 AND part = $2", row => row.GetFieldValue<byte[]>(0), ct, id, part) is [var content]; part++)
            yield return content;
    }

    /// <summary>Writes the oldest that waits, in one commit: a node that is killed has written nothing, and the next one begins again.</summary>
    /// <param name="sign">Makes the manifest.</param>
    /// <returns>Which, or null where none waits.</returns>
    public Task<Guid?> WriteNextAsync(Func<ExportRequest, WrittenExport, Task<string>> sign, CancellationToken ct) => source.InTransactionAsync<Guid?>(async connection =>
    {
        if (await connection.QueryAsync($"{Select} WHERE status = 'Asked' ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED", Read, ct) is not [var job]) return null;
        var part = 0;
        var written = await ExportWriter.WriteAsync(connection, job.Request, page => connection.ExecuteAsync("INSERT INTO audit_export_part (export_id, part, content) VALUES ($1, $2, $3)", ct, job.Id, part++, page), ct);
        await connection.ExecuteAsync("UPDATE audit_export SET status = 'Done', rows = $2, bytes = $3, manifest = $4, finished_at = now() WHERE id = $1", ct,
            job.Id, written.Rows, written.Bytes, await sign(job.Request, written));
        return job.Id;
    }, ct);

    /// <summary>It can be asked for again, and is the same then.</summary>
    public Task RemoveOldAsync(CancellationToken ct) => source.ExecuteAsync($"DELETE FROM audit_export WHERE finished_at < now() - interval '{KeptDays} days'", ct);

    private static ExportJob Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), new ExportRequest(row.GetString(1), ExportFilter.Parse(row.GetString(2)), row.GetFieldValue<string[]>(3), row.Number(4)), row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.TextOrNull(8), row.Time(9), row.IsDBNull(10) ? null : row.Time(10));
}
