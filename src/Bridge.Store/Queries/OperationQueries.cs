using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="AgeSeconds">Since the newest block's time.</param>
/// <param name="BlockSeconds">Between two blocks; null until it is known.</param>
/// <param name="CursorLag">Blocks between the newest one and what was read; null before anything was.</param>
public sealed record HeadStanding(ChainId Chain, ulong Height, ulong FinalHeight, double AgeSeconds, double? BlockSeconds, ulong? CursorLag);

/// <summary>An executor's transactions that wait for a block.</summary>
/// <param name="OldestSeconds">Since the first signature of the one that waits longest.</param>
/// <param name="Bumps">Replacements of the one that was replaced most.</param>
public sealed record PendingStanding(ChainId Chain, Address Account, long Count, double OldestSeconds, long Bumps);

/// <param name="Signed">The highest nonce that a transaction was signed with.</param>
/// <param name="Settled">Below it everything is final.</param>
/// <param name="SpentWei">By all its mined deliveries.</param>
/// <param name="EarnedWei">By all its final ones whose fees have a price.</param>
public sealed record AccountStanding(ChainId Chain, Address Account, ulong? Signed, ulong Settled, double SpentWei, double EarnedWei);

/// <param name="Direction">"in" for what is paid out or minted here, "out" for what is sent from here.</param>
/// <param name="Available">Base units that pass now.</param>
public sealed record BucketStanding(ChainId Chain, AssetId Asset, string Direction, double Available, double Capacity);

/// <param name="Outbox">Rows that wait for a worker, by what they are.</param>
public sealed record OperationStanding(
    IReadOnlyList<HeadStanding> Heads, IReadOnlyList<PendingStanding> Pending, IReadOnlyList<AccountStanding> Accounts, IReadOnlyList<BucketStanding> Buckets,
    IReadOnlyList<(ChainId Chain, Epoch Epoch)> Sets, IReadOnlyList<(string Outbox, long Count)> Outboxes);

/// <summary>What operators watch besides transfers: chains, transactions, accounts, limits. Few rows each, read at every scrape.</summary>
public sealed class OperationQueries(NpgsqlDataSource source)
{
    public async Task<OperationStanding> ReadAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return new OperationStanding(
            await HeadsAsync(connection, ct), await PendingAsync(connection, ct), await AccountsAsync(connection, ct), await BucketsAsync(connection, ct),
            await connection.QueryAsync("SELECT chain_id, epoch FROM validator_set WHERE is_current ORDER BY 1", row => (new ChainId(row.Number(0)), new Epoch(row.Number(1))), ct),
            await connection.QueryAsync(
                """
                SELECT 'attestations', count(*) FROM attestation_intake WHERE judged_at IS NULL
                UNION ALL SELECT 'errands', count(*) FROM errand WHERE status = 'Accepted'
                """, row => (row.GetString(0), row.GetInt64(1)), ct));
    }

    private static async Task<IReadOnlyList<HeadStanding>> HeadsAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.QueryAsync(
        """
        SELECT c.chain_id, c.head_height, c.final_height, greatest(0, extract(epoch FROM clock_timestamp() - c.head_time))::float8, c.block_seconds, CASE WHEN k.height IS NOT NULL THEN greatest(0, c.head_height - k.height) END
        FROM chain c LEFT JOIN chain_cursor k USING (chain_id) ORDER BY 1
        """, row => new HeadStanding(new ChainId(row.Number(0)), row.Number(1), row.Number(2), row.GetDouble(3), row.IsDBNull(4) ? null : row.GetDouble(4), row.NumberOrNull(5)), ct);

    private static async Task<IReadOnlyList<PendingStanding>> PendingAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.QueryAsync(
        """
        SELECT s.destination_chain, s.account, count(*), extract(epoch FROM clock_timestamp() - min(a.first))::float8, max(a.count) - 1
        FROM submission s CROSS JOIN LATERAL (SELECT min(signed_at) AS first, count(*) AS count FROM submission_attempt WHERE submission_id = s.id) a
        WHERE s.status IN ('Signed', 'Broadcast') AND a.count > 0 GROUP BY 1, 2 ORDER BY 1, 2
        """, row => new PendingStanding(new ChainId(row.Number(0)), row.Account(1), row.GetInt64(2), row.GetDouble(3), row.GetInt64(4)), ct);

    private static async Task<IReadOnlyList<AccountStanding>> AccountsAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.QueryAsync(
        """
        SELECT e.chain_id, e.account, highest.nonce, e.settled_nonce, money.spent, money.earned
        FROM executor_account e LEFT JOIN LATERAL (SELECT nonce FROM submission s WHERE s.destination_chain = e.chain_id AND s.account = e.account AND s.status <> 'Dropped' AND s.nonce IS NOT NULL
            ORDER BY nonce DESC LIMIT 1) highest ON true
            CROSS JOIN LATERAL (SELECT COALESCE(sum(spent_wei), 0)::float8 AS spent, COALESCE(sum(earned_wei), 0)::float8 AS earned FROM submission s
                WHERE s.destination_chain = e.chain_id AND s.account = e.account) money ORDER BY 1, 2
        """, row => new AccountStanding(new ChainId(row.Number(0)), row.Account(1), row.NumberOrNull(2), row.Number(3), row.GetDouble(4), row.GetDouble(5)), ct);

    // A bucket fills between two looks at the chain; what it holds now is projected.
    private static async Task<IReadOnlyList<BucketStanding>> BucketsAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.QueryAsync(
        """
        SELECT chain_id, asset_id, direction, least(capacity, available + CASE WHEN period > 0 THEN capacity * extract(epoch FROM clock_timestamp() - seen_at) / period ELSE 0 END)::float8, capacity::float8
        FROM (SELECT chain_id, asset_id, 'in' AS direction, inbound_available AS available, inbound_capacity AS capacity, inbound_period AS period, seen_at FROM asset_limit
            UNION ALL SELECT chain_id, asset_id, 'out', outbound_available, outbound_capacity, outbound_period, seen_at FROM asset_limit WHERE outbound_capacity IS NOT NULL) b ORDER BY 1, 2, 3
        """, row => new BucketStanding(new ChainId(row.Number(0)), new AssetId((uint)row.GetInt64(1)), row.GetString(2), row.GetDouble(3), row.GetDouble(4)), ct);
}
