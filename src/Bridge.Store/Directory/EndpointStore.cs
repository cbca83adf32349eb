using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <summary>How an endpoint is doing.</summary>
/// <param name="Name">Scheme, host and port: a path may hold a secret.</param>
/// <param name="State">"ok", "slow", "limited", "stale", "pruned", "wrong-chain", "lying" or "down".</param>
/// <param name="Reason">For every state but "ok".</param>
/// <param name="LastOk">When it last answered; null if never since the watcher started.</param>
/// <param name="Height">The last head that it has shown.</param>
/// <param name="Disagreements">How often it contradicted a quorum of the others since the watcher started.</param>
public sealed record EndpointReport(string Name, string State, string? Reason, DateTimeOffset? LastOk, ulong? Height, long Disagreements);

/// <param name="Since">When it came into this state.</param>
/// <param name="SeenAt">When the watcher last wrote this down: long ago if it does not run.</param>
public sealed record EndpointSeen(ChainId Chain, EndpointReport Report, DateTimeOffset Since, DateTimeOffset SeenAt);

/// <summary>The endpoints of each chain, for those who have none of their own.</summary>
public sealed class EndpointStore(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    /// <summary>All endpoints of a chain; others that are stored for it go.</summary>
    public Task SaveAsync(ChainId chain, IReadOnlyList<EndpointReport> reports, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        // In the order of their names, so that two processes that watch the same chain do not lock each other out.
        foreach (var report in reports.OrderBy(report => report.Name, StringComparer.Ordinal))
            await connection.ExecuteAsync(
                """
                INSERT INTO endpoint AS e (chain_id, name, state, reason, last_ok_at, height, disagreements) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (chain_id, name) DO UPDATE SET state = $3, reason = $4, last_ok_at = COALESCE($5, e.last_ok_at), height = COALESCE($6, e.height),
                    disagreements = $7, seen_at = now(), since = CASE WHEN e.state = $3 THEN e.since ELSE now() END
                """, ct, chain, report.Name, report.State, report.Reason, report.LastOk, report.Height, report.Disagreements);
        return await connection.ExecuteAsync("DELETE FROM endpoint WHERE chain_id = $1 AND name <> ALL ($2)", ct, chain, reports.Select(report => report.Name).ToArray());
    }, ct);

    /// <summary>By chain and name.</summary>
    public async Task<IReadOnlyList<EndpointSeen>> AllAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Endpoints.OrderBy(row => row.ChainId).ThenBy(row => row.Name).Select(row => new EndpointSeen(
            row.ChainId, new EndpointReport(row.Name, row.State, row.Reason, row.LastOkAt, row.Height, row.Disagreements), row.Since, row.SeenAt)).ToListAsync(ct);
    }
}
