using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>An answer as it was first given.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string Body);

/// <param name="Claim">Set if the request is ours to do.</param>
/// <param name="Answer">Set if it was done before.</param>
/// <param name="SameBody">False: the key was used for another request.</param>
public sealed record Claimed(Guid? Claim, KeptAnswer? Answer, bool SameBody);

/// <summary>The first answer to each key of each caller, for 24 hours.</summary>
public sealed class IdempotencyStore(NpgsqlDataSource source)
{
    // A request takes seconds. After this long without an answer its process has died, and what it did can be done again.
    private const string Abandoned = "interval '1 minute'";
    private const string Kept = "interval '24 hours'";

    public async Task<Claimed> ClaimAsync(string principal, string key, Hash32 bodyHash, CancellationToken ct)
    {
        var claim = Guid.NewGuid();
        var won = await source.ExecuteAsync(
            $"""
            INSERT INTO idempotency AS i (principal, key, body_hash, claim) VALUES ($1, $2, $3, $4)
            ON CONFLICT (principal, key) DO UPDATE SET body_hash = $3, claim = $4, started_at = clock_timestamp(), status = NULL, content_type = NULL, location = NULL, body = NULL
                WHERE i.started_at < clock_timestamp() - {Kept} OR (i.status IS NULL AND i.body_hash = $3 AND i.started_at < clock_timestamp() - {Abandoned})
            """, ct, principal, key, bodyHash, claim);
        if (won > 0) return new Claimed(claim, null, true);
        var rows = await source.QueryAsync(
            "SELECT body_hash, status, content_type, location, body FROM idempotency WHERE principal = $1 AND key = $2",
            row => (Hash: row.Hash(0), Answer: row.IsDBNull(1) ? null : new KeptAnswer(row.GetInt32(1), row.TextOrNull(2), row.TextOrNull(3), row.GetString(4))), ct, principal, key);
        return rows.Count == 0 ? new Claimed(null, null, true) : new Claimed(null, rows[0].Answer, rows[0].Hash == bodyHash);
    }

    public Task KeepAsync(string principal, string key, Guid claim, KeptAnswer answer, CancellationToken ct) => source.ExecuteAsync(
        "UPDATE idempotency SET status = $4, content_type = $5, location = $6, body = $7 WHERE principal = $1 AND key = $2 AND claim = $3",
        ct, principal, key, claim, answer.Status, answer.ContentType, answer.Location, answer.Body);

    /// <summary>What failed for a passing reason may be asked again at once.</summary>
    public Task ReleaseAsync(string principal, string key, Guid claim, CancellationToken ct) => source.ExecuteAsync(
        $"UPDATE idempotency SET started_at = clock_timestamp() - {Kept} - interval '1 second' WHERE principal = $1 AND key = $2 AND claim = $3 AND status IS NULL", ct, principal, key, claim);

    public Task PurgeAsync(CancellationToken ct) => source.ExecuteAsync($"DELETE FROM idempotency WHERE started_at < now() - {Kept}", ct);
}
