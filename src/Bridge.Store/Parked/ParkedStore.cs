using Npgsql;

namespace Bridge.Store;

/// <param name="Body">The first 64 KiB.</param>
/// <param name="Size">Of the whole body, in bytes.</param>
public sealed record ParkedMessage(long Id, string Queue, string? ContentType, string Reason, byte[] Body, long Size, DateTimeOffset At)
{
    public bool IsWhole => Size == Body.Length;
}

/// <summary>Messages of the bus that nothing could be done with. Nothing waits for them: they are for a person to look at.</summary>
public sealed class ParkedStore(NpgsqlDataSource source)
{
    public const int MaxBody = 64 * 1024;

    /// <summary>Open rows at most: a flood of poison must not fill the disk.</summary>
    public const int MaxOpen = 1000;

    private const string Columns = "SELECT id, queue, content_type, reason, body, body_size, parked_at FROM parked WHERE ended_at IS NULL";

    /// <summary>False when there are too many already; then the message is gone.</summary>
    public async Task<bool> ParkAsync(string queue, string? contentType, string reason, ReadOnlyMemory<byte> body, CancellationToken ct) => await source.ExecuteAsync(
        $"""
        INSERT INTO parked (queue, content_type, reason, body, body_size)
        SELECT $1, $2::text, $3, $4, $5 WHERE (SELECT count(*) FROM parked WHERE ended_at IS NULL) < {MaxOpen}
        """, ct, queue, contentType, reason, body[..Math.Min(body.Length, MaxBody)].ToArray(), (long)body.Length) > 0;

    /// <summary>How many a person has not decided about.</summary>
    public async Task<long> DepthAsync(CancellationToken ct) =>
        (await source.QueryAsync("SELECT count(*) FROM parked WHERE ended_at IS NULL", row => row.GetInt64(0), ct)).Single();

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ParkedMessage>> OpenAsync(int limit, CancellationToken ct) =>
        await source.QueryAsync($"{Columns} ORDER BY id LIMIT $1", Read, ct, limit);

    /// <summary>Null when there is none, or when it was decided already.</summary>
    public async Task<ParkedMessage?> FindAsync(long id, CancellationToken ct) => (await source.QueryAsync($"{Columns} AND id = $1", Read, ct, id)).SingleOrDefault();

    /// <summary>A person's decision, kept beside the message. False when it was decided already.</summary>
    /// <param name="how">"replayed" or "discarded".</param>
    public async Task<bool> EndAsync(long id, string how, string by, string why, CancellationToken ct) => await source.ExecuteAsync(
        "UPDATE parked SET ended_at = now(), ended_as = $2, ended_by = $3, ended_why = $4 WHERE id = $1 AND ended_at IS NULL", ct, id, how, by, why) > 0;

    private static ParkedMessage Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.TextOrNull(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetInt64(5), row.Time(6));
}
