using System.Numerics;
using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <summary>What the messages say of an asset on a chain, at the final block up to which both ends of them were read. Base units.</summary>
/// <param name="Accepted">Up to how much unexplained a person accepted.</param>
public sealed record LedgerBook(ChainId Chain, AssetId Asset, BlockRef At, BigInteger Arrived, BigInteger Sent, BigInteger Accepted);

/// <summary>The ledger at one moment.</summary>
/// <param name="Carried">What each lane carried of each asset, of all that is final at the source.</param>
/// <param name="Books">Every asset on every chain where it is known.</param>
public sealed record LedgerLook(IReadOnlyList<LedgerEntry> Carried, IReadOnlyList<LedgerBook> Books);

/// <summary>A validator's double entry, what it found unexplained, and what a person accepted of it.</summary>
public sealed class LedgerStore(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    private const string Books =
        """
        SELECT a.chain_id, a.asset_id, c.finalized_height, c.finalized_hash,
            COALESCE((SELECT sum(arrived) FROM ledger_total t WHERE t.destination_chain = a.chain_id AND t.asset_id = a.asset_id), 0),
            COALESCE((SELECT sum(sent) FROM ledger_total t WHERE t.source_chain = a.chain_id AND t.asset_id = a.asset_id), 0),
            COALESCE((SELECT accepted FROM ledger_amendment l WHERE l.chain_id = a.chain_id AND l.asset_id = a.asset_id ORDER BY id DESC LIMIT 1), 0)
        FROM asset a JOIN chain_cursor c USING (chain_id) WHERE c.finalized_height IS NOT NULL ORDER BY 1, 2
        """;

    /// <summary>From running totals: what it costs depends on the number of lanes and assets, and not on how many messages there were.</summary>
    public Task<LedgerLook> LookAsync(CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        // Sums and heights are of one moment.
        await connection.ExecuteAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", ct);
        var carried = await connection.QueryAsync(
            "SELECT source_chain, destination_chain, asset_id, sent FROM ledger_total ORDER BY 1, 2, 3", row => new LedgerEntry(row.Lane(0, 1), new AssetId((uint)row.GetInt64(2)), row.Amount(3)), ct);
        var books = await connection.QueryAsync(Books, row => new LedgerBook(
            new ChainId(row.Number(0)), new AssetId((uint)row.GetInt64(1)), new BlockRef(row.Number(2), row.Hash(3)),
            row.GetFieldValue<BigInteger>(4), row.GetFieldValue<BigInteger>(5), row.GetFieldValue<BigInteger>(6)), ct);
        return new LedgerLook(carried, books);
    }, ct);

    /// <summary>Sums all messages up anew, which takes a while where there are many.</summary>
    /// <returns>A sentence for each lane and asset whose running total is another.</returns>
    public async Task<IReadOnlyList<string>> MiscountedAsync(CancellationToken ct) => await source.QueryAsync(
        """
        SELECT source_chain, destination_chain, asset_id, COALESCE(t.sent, 0), COALESCE(t.arrived, 0), COALESCE(c.sent, 0), COALESCE(c.arrived, 0)
        FROM ledger_total t FULL JOIN ledger_counted c USING (source_chain, destination_chain, asset_id)
        WHERE (COALESCE(t.sent, 0), COALESCE(t.arrived, 0)) <> (COALESCE(c.sent, 0), COALESCE(c.arrived, 0)) ORDER BY 1, 2, 3
        """,
        row => $"lane {row.Lane(0, 1)}: {row.GetFieldValue<BigInteger>(3)} of asset {row.GetInt64(2)} sent and {row.GetFieldValue<BigInteger>(4)} arrived by its totals, "
            + $"{row.GetFieldValue<BigInteger>(5)} and {row.GetFieldValue<BigInteger>(6)} by its messages", ct);

    /// <summary>Writes an account down, and what is unexplained in it once that lasts longer than a moment.</summary>
    /// <returns>Whether a finding was added.</returns>
    public Task<bool> SaveAsync(LedgerAccount account, BlockRef at, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO ledger_account AS l (chain_id, asset_id, is_home, height, block_hash, arrived, sent, held, unexplained, accepted, broken_since)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $9 > $10 THEN now() END)
            ON CONFLICT (chain_id, asset_id) DO UPDATE SET is_home = $3, height = $4, block_hash = $5, arrived = $6, sent = $7, held = $8, unexplained = $9, accepted = $10,
                broken_since = CASE WHEN $9 > $10 THEN COALESCE(l.broken_since, now()) END, checked_at = clock_timestamp() WHERE l.height <= $4
            """, ct, account.Chain, account.Asset, account.IsHome, at.Height, at.Hash, account.Arrived, account.Sent, account.Held, account.Unexplained, account.Accepted);
        // A delivery whose source is read a moment later looks unexplained until then.
        return await connection.ExecuteAsync(
            """
            INSERT INTO ledger_finding (chain_id, asset_id, height, block_hash, unexplained, detail) SELECT $1, $2, height, block_hash, unexplained, $3
            FROM ledger_account WHERE chain_id = $1 AND asset_id = $2 AND broken_since <= now() - interval '10 seconds' AND unexplained IS DISTINCT FROM
                (SELECT unexplained FROM ledger_finding WHERE chain_id = $1 AND asset_id = $2 ORDER BY id DESC LIMIT 1)
            """, ct, account.Chain, account.Asset, account.ToString()) > 0;
    }, ct);

    public async Task<IReadOnlyList<LedgerAccountRow>> AccountsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.LedgerAccounts.OrderBy(row => row.AssetId).ThenBy(row => row.ChainId).ToListAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<LedgerFindingRow>> FindingsAsync(int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.LedgerFindings.OrderByDescending(row => row.Id).Take(limit).ToListAsync(ct);
    }

    /// <summary>Accepts what is unexplained of an account up to an amount, in base units; 0 takes it back.</summary>
    /// <returns>False where there is no such account.</returns>
    public async Task<bool> AcceptAsync(ChainId chain, AssetId asset, BigInteger amount, string by, string why, CancellationToken ct) => await source.ExecuteAsync(
        "INSERT INTO ledger_amendment (chain_id, asset_id, accepted, decided_by, why) SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT FROM ledger_account WHERE chain_id = $1 AND asset_id = $2)",
        ct, chain, asset, amount, by, why) > 0;
}
