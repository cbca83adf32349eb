using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

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

    /// <summary>Base units of an asset that are on their way to a chain and have not taken from its bucket yet.</summary>
    public async Task<UInt128> InFlightAsync(ChainId destination, AssetId asset, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT COALESCE(sum(amount), 0)::numeric(39, 0) FROM message
        WHERE destination_chain = $1 AND asset_id = $2 AND status IN ('Observed', 'Finalized', 'Certified', 'Submitted')
        """, row => row.Amount(0), ct, destination, asset)).Single();

    public async Task<bool> HasReceivedAsync(Address recipient, CancellationToken ct) =>
        (await source.QueryAsync("SELECT EXISTS (SELECT FROM message WHERE recipient = $1)", row => row.GetBoolean(0), ct, recipient)).Single();
}
