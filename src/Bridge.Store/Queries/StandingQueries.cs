using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="OldestSeconds">Age of the oldest transfer that has not arrived and is not deferred; 0 if there is none.</param>
/// <param name="Backlog">Transfers that have not arrived, by lane and status.</param>
/// <param name="Log">The audit log.</param>
public sealed record Standing(
    long Parked, double OldestSeconds, IReadOnlyList<(Lane Lane, string Code)> Halts, IReadOnlyList<(string Name, bool Stalled)> Components,
    IReadOnlyList<(Lane Lane, string Stage, long Count)> Backlog, LogStanding Log)
{
    /// <summary>What double entry cannot explain, in base units, and whether that is more than a person accepted. Of a validator's database alone.</summary>
    public required IReadOnlyList<(ChainId Chain, AssetId Asset, double Unexplained, bool IsBroken)> Ledger { get; init; }

    /// <summary>As the auditor last stated them, in base units. Of an auditor's database alone.</summary>
    public required IReadOnlyList<(AssetId Asset, double Escrow, double Minted, double Gap)> Reserves { get; init; }

    /// <summary>What is held, by lane and reason: a hold's, else the error's name with which an effect failed.</summary>
    public required IReadOnlyList<(Lane Lane, string Reason, long Count)> Held { get; init; }

    /// <summary>Every law that the auditor has decided, and whether it is violated now.</summary>
    public required IReadOnlyList<(string Law, bool IsViolated)> Laws { get; init; }
}

/// <param name="Pending">Changes that are no leaves yet, at most 1,000,000 of them counted.</param>
/// <param name="CheckpointAge">Seconds since the newest was signed; null before the first.</param>
public sealed record LogStanding(long Size, long Pending, double? CheckpointAge);

/// <summary>How everything stands at this moment, for whoever watches over it.</summary>
public sealed class StandingQueries(NpgsqlDataSource source)
{
    // As long as /healthz/ready waits by default.
    private const string Silent = "interval '60 seconds'";

    public async Task<Standing> ReadAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return new Standing(
            await connection.ScalarAsync<long>("SELECT count(*) FROM parked WHERE ended_at IS NULL", ct),
            await connection.ScalarAsync<double>($"SELECT COALESCE(extract(epoch FROM now() - min(observed_at)), 0)::float8 FROM message WHERE {Underway.Is}", ct),
            await connection.QueryAsync("SELECT source_chain, destination_chain, code FROM lane_halt WHERE resumed_at IS NULL", row => (row.Lane(0, 1), row.GetString(2)), ct),
            await connection.QueryAsync($"SELECT component, state <> 'ok' OR beaten_at < now() - {Silent} FROM heartbeat ORDER BY 1", row => (row.GetString(0), row.GetBoolean(1)), ct),
            await connection.QueryAsync(
                // Two parts, each with its index: a database that nobody searches has none for both.
                $"""
                SELECT source_chain, destination_chain, status, count(*) FROM message WHERE {Underway.Is} GROUP BY 1, 2, 3
                UNION ALL SELECT source_chain, destination_chain, status, count(*) FROM message WHERE status = 'Deferred' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                """,
                row => (row.Lane(0, 1), row.GetString(2), row.GetInt64(3)), ct),
            (await connection.QueryAsync(
                """
                SELECT (SELECT size FROM log_head), (SELECT count(*) FROM (SELECT FROM log_pending LIMIT 1000000) p),
                    (SELECT extract(epoch FROM now() - created_at)::float8 FROM log_checkpoint ORDER BY size DESC LIMIT 1)
                """, row => new LogStanding(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetDouble(2)), ct)).Single())
        {
            Ledger = await connection.QueryAsync("SELECT chain_id, asset_id, unexplained::float8, broken_since IS NOT NULL FROM ledger_account ORDER BY 1, 2",
                row => (new ChainId(row.Number(0)), new AssetId((uint)row.GetInt64(1)), row.GetDouble(2), row.GetBoolean(3)), ct),
            Reserves = await connection.QueryAsync(
                "SELECT asset_id, escrow::float8, minted::float8, gap::float8 FROM reserve_asset WHERE statement_id = (SELECT max(id) FROM reserve_statement) ORDER BY 1",
                row => (new AssetId((uint)row.GetInt64(0)), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3)), ct),
            Held = [.. (await DeferredAsync(connection, ct)).Concat(await StoppedAsync(connection, ct))],
            Laws = await connection.QueryAsync(
                "SELECT DISTINCT ON (law) law, state = 'Violated' FROM audit_verdict ORDER BY law, id DESC", row => (row.GetString(0), row.GetBoolean(1)), ct),
        };
    }

    /// <summary>Errors are told apart by their first four bytes; unknown ones, which any recipient can make up, count as one.</summary>
    private static async Task<IEnumerable<(Lane Lane, string Reason, long Count)>> DeferredAsync(NpgsqlConnection connection, CancellationToken ct) => (await connection.QueryAsync(
        """
        SELECT m.source_chain, m.destination_chain, substring(e.reason FOR 4), count(*) FROM message m
        LEFT JOIN delivery_event e ON e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain AND e.first_sequence = m.sequence AND e.kind = 'Deferred' AND e.kind <> 'Delivered'
        WHERE m.status = 'Deferred' GROUP BY 1, 2, 3
        """, row => (Lane: row.Lane(0, 1), Cause: DeferralCause.Read(row.BytesOrNull(2) ?? []), Count: row.GetInt64(3)), ct))
        .GroupBy(one => (one.Lane, Reason: one.Cause.Hold ?? one.Cause.Code), (key, all) => (key.Lane, key.Reason, all.Sum(one => one.Count)));

    private static async Task<IEnumerable<(Lane Lane, string Reason, long Count)>> StoppedAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.QueryAsync(
        $"""
        SELECT m.source_chain, m.destination_chain, EXISTS (SELECT FROM lane_halt h WHERE h.source_chain = m.source_chain AND h.destination_chain = m.destination_chain AND h.resumed_at IS NULL), count(*)
        FROM message m WHERE {TransferPages.Stopped} GROUP BY 1, 2, 3
        """, row => (row.Lane(0, 1), row.GetBoolean(2) ? HoldReasons.ChainHalted : HoldReasons.LanePaused, row.GetInt64(3)), ct);
}
