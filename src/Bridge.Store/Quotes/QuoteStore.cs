using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>How long the last transfers of a lane took, from the source's block to the destination's.</summary>
/// <param name="Count">How many were measured, at most 200; with none the times are 0.</param>
public sealed record LaneTimes(long Count, double P50Seconds, double P95Seconds);

/// <summary>Quotes as they were given, and what they are computed from besides the chains' state.</summary>
public sealed class QuoteStore(NpgsqlDataSource source)
{
    /// <summary>Quotes in one minute at most, of everybody together.</summary>
    private const int MostAMinute = 6000;

    /// <summary>False when too many were made in the last minute: nothing was stored.</summary>
    public async Task<bool> SaveAsync(Guid id, DateTimeOffset expiresAt, string body, CancellationToken ct) => await source.ExecuteAsync(
        $"""
        INSERT INTO quote (id, expires_at, body) SELECT $1, $2, $3
        WHERE (SELECT count(*) FROM quote WHERE created_at > now() - interval '1 minute') < {MostAMinute}
        """, ct, id, expiresAt, body) > 0;

    public async Task<(string Body, DateTimeOffset ExpiresAt)?> FindAsync(Guid id, CancellationToken ct)
    {
        var rows = await source.QueryAsync("SELECT body, expires_at FROM quote WHERE id = $1", row => (row.GetString(0), row.Time(1)), ct, id);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>What expired a day ago or more goes.</summary>
    public Task PurgeAsync(CancellationToken ct) => source.ExecuteAsync("DELETE FROM quote WHERE expires_at < now() - interval '1 day'", ct);

    public async Task<LaneTimes> TimesAsync(Lane lane, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT count(*), COALESCE(percentile_cont(0.5) WITHIN GROUP (ORDER BY took), 0), COALESCE(percentile_cont(0.95) WITHIN GROUP (ORDER BY took), 0) FROM (
            SELECT GREATEST(0, extract(epoch FROM d.block_time - m.block_time))::float8 AS took FROM message m CROSS JOIN LATERAL (
                SELECT e.block_time FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                    AND m.sequence BETWEEN e.first_sequence AND e.last_sequence AND e.kind IN ('Delivered', 'Retried') ORDER BY e.kind DESC LIMIT 1) d
            WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.status IN ('Executed', 'Delivered') ORDER BY m.sequence DESC LIMIT 200) measured
        """, row => new LaneTimes(row.GetInt64(0), row.GetDouble(1), row.GetDouble(2)), ct, lane.Source, lane.Destination)).Single();

    /// <summary>Base units of an asset that are on their way to a chain and have not taken from its bucket yet.</summary>
    public async Task<UInt128> InFlightAsync(ChainId destination, AssetId asset, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT COALESCE(sum(amount), 0)::numeric(39, 0) FROM message
        WHERE destination_chain = $1 AND asset_id = $2 AND status NOT IN ('Delivered', 'Orphaned') AND status NOT IN ('Executed', 'Refunded', 'Deferred')
        """, row => row.Amount(0), ct, destination, asset)).Single();

    public async Task<bool> HasReceivedAsync(Address recipient, CancellationToken ct) =>
        (await source.QueryAsync("SELECT EXISTS (SELECT FROM message WHERE recipient = $1)", row => row.GetBoolean(0), ct, recipient)).Single();
}
