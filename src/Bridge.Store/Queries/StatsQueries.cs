using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Sent">Messages ever, by the lane's newest sequence.</param>
public sealed record LaneCount(Lane Lane, ulong Sent, ulong Delivered);

/// <summary>What was sent through a lane of an asset since a time, by what became of it.</summary>
/// <param name="Amount">Base units, orphans left out.</param>
public sealed record LaneVolume(Lane Lane, AssetId Asset, long Transfers, UInt128 Amount, long Arrived, long Failed);

/// <summary>How a validator of a destination has signed since a time.</summary>
/// <param name="Signed">Certified checkpoints that carry its signature.</param>
/// <param name="P95Seconds">After the first signature over the same checkpoint; null if it signed none.</param>
public sealed record ValidatorRecord(ChainId Chain, Address Validator, long Signed, DateTimeOffset? LastAt, double? P95Seconds);

/// <summary>Figures over many rows; their callers keep them for a while. Reads only.</summary>
public sealed class StatsQueries(NpgsqlDataSource source)
{
    private const int NewestCertificates = 2000;

    /// <summary>A lane is ordered, so its newest sequences count it: no row is counted one by one.</summary>
    public async Task<IReadOnlyList<LaneCount>> CountsAsync(CancellationToken ct) => await source.QueryAsync(
        """
        SELECT l.source_chain, l.destination_chain, COALESCE(sent.sequence, 0), COALESCE(arrived.last_sequence, 0) FROM lane l
        LEFT JOIN LATERAL (SELECT m.sequence FROM message m WHERE m.source_chain = l.source_chain AND m.destination_chain = l.destination_chain AND m.status <> 'Orphaned'
            ORDER BY m.sequence DESC LIMIT 1) sent ON true
        LEFT JOIN LATERAL (SELECT e.last_sequence FROM delivery_event e WHERE e.source_chain = l.source_chain AND e.destination_chain = l.destination_chain AND e.kind = 'Delivered'
            ORDER BY e.last_sequence DESC LIMIT 1) arrived ON true ORDER BY 1, 2
        """, row => new LaneCount(row.Lane(0, 1), row.Number(2), row.Number(3)), ct);

    public async Task<IReadOnlyList<LaneVolume>> VolumesAsync(DateTimeOffset since, CancellationToken ct) => await source.QueryAsync(
        """
        SELECT source_chain, destination_chain, asset_id, count(*), COALESCE(sum(amount) FILTER (WHERE status <> 'Orphaned'), 0),
            count(*) FILTER (WHERE status IN ('Executed', 'Delivered')), count(*) FILTER (WHERE status IN ('Deferred', 'Refunded', 'Orphaned'))
        FROM message WHERE observed_at >= $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
        row => new LaneVolume(row.Lane(0, 1), new AssetId((uint)row.GetInt64(2)), row.GetInt64(3), row.Amount(4), row.GetInt64(5), row.GetInt64(6)), ct, since.ToUniversalTime());

    /// <returns>By destination, how many checkpoints were certified; and each validator that signed any of them.</returns>
    public async Task<(IReadOnlyDictionary<ChainId, long> Certified, IReadOnlyList<ValidatorRecord> Validators)> ValidatorsAsync(DateTimeOffset since, CancellationToken ct)
    {
        var certified = await source.QueryAsync(
            $"SELECT destination_chain, count(*) FROM (SELECT destination_chain FROM certificate WHERE certified_at >= $1 ORDER BY certified_at DESC LIMIT {NewestCertificates}) c GROUP BY 1",
            row => (Chain: new ChainId(row.Number(0)), Count: row.GetInt64(1)), ct, since.ToUniversalTime());
        var signed = await source.QueryAsync(
            $"""
            WITH point AS (SELECT * FROM certificate WHERE certified_at >= $1 ORDER BY certified_at DESC LIMIT {NewestCertificates})
            SELECT destination_chain, signer, count(*), max(received_at), percentile_disc(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM received_at - first_at))::float8
            FROM (SELECT a.destination_chain, a.signer, a.received_at, min(a.received_at) OVER (PARTITION BY a.source_chain, a.destination_chain, a.sequence, a.epoch) AS first_at
                FROM attestation a JOIN point p USING (source_chain, destination_chain, sequence, epoch, rolling_hash)) x
            GROUP BY 1, 2
            """, row => new ValidatorRecord(new ChainId(row.Number(0)), row.Account(1), row.GetInt64(2), row.Time(3), row.GetDouble(4)), ct, since.ToUniversalTime());
        return (certified.ToDictionary(row => row.Chain, row => row.Count), signed);
    }

    /// <summary>Signers that were ever caught signing two rolling hashes at one sequence, or a foreign one.</summary>
    public async Task<IReadOnlyCollection<Address>> EquivocatorsAsync(CancellationToken ct) =>
        await source.QueryAsync("SELECT DISTINCT signer FROM equivocation", row => row.Account(0), ct);

    /// <summary>How often an account appears, up to a bound: nobody reads more than that one by one.</summary>
    public async Task<(long Sent, long Received)> AccountAsync(Address account, int bound, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT (SELECT count(*) FROM (SELECT FROM message WHERE sender = $1 LIMIT $2) s), (SELECT count(*) FROM (SELECT FROM message WHERE recipient = $1 LIMIT $2) r)
        """, row => (row.GetInt64(0), row.GetInt64(1)), ct, account, bound)).Single();
}
