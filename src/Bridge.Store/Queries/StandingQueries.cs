using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="OldestSeconds">Age of the oldest transfer that has not arrived and is not deferred; 0 if there is none.</param>
/// <param name="Backlog">Transfers that have not arrived, by lane and status.</param>
public sealed record Standing(
    long Parked, double OldestSeconds, IReadOnlyList<(Lane Lane, string Code)> Halts, IReadOnlyList<(string Name, bool Stalled)> Components,
    IReadOnlyList<(Lane Lane, string Stage, long Count)> Backlog);

/// <summary>How everything stands at this moment, for whoever watches over it.</summary>
public sealed class StandingQueries(NpgsqlDataSource source)
{
    // As long as /healthz/ready waits by default.
    private const string Silent = "interval '60 seconds'";

    private const string Underway = "status NOT IN ('Delivered', 'Refunded', 'Orphaned')";

    public async Task<Standing> ReadAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return new Standing(
            await connection.ScalarAsync<long>("SELECT count(*) FROM parked WHERE ended_at IS NULL", ct),
            await connection.ScalarAsync<double>($"SELECT COALESCE(extract(epoch FROM now() - min(observed_at)), 0)::float8 FROM message WHERE {Underway} AND status <> 'Deferred'", ct),
            await connection.QueryAsync("SELECT source_chain, destination_chain, code FROM lane_halt WHERE resumed_at IS NULL", row => (row.Lane(0, 1), row.GetString(2)), ct),
            await connection.QueryAsync($"SELECT component, state <> 'ok' OR beaten_at < now() - {Silent} FROM heartbeat ORDER BY 1", row => (row.GetString(0), row.GetBoolean(1)), ct),
            await connection.QueryAsync($"SELECT source_chain, destination_chain, status, count(*) FROM message WHERE {Underway} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
                row => (row.Lane(0, 1), row.GetString(2), row.GetInt64(3)), ct));
    }
}
