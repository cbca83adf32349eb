using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Fees of one asset, in its base units.</summary>
public sealed record FeeSum(AssetId Asset, UInt128 Amount);

/// <summary>What deliveries through one lane earned and cost on one day, for one account.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Transactions">Mined, with effect or without.</param>
/// <param name="EarnedWei">The fees, by the price of the moment; what has no price is left out.</param>
/// <param name="Unpriced">Deliveries whose fees have no price.</param>
public sealed record RewardDay(
    Lane Lane, DateOnly Day, Address Account, long Transactions, long Messages, UInt128 EarnedWei, UInt128 SpentWei, long Unpriced, IReadOnlyList<FeeSum> Fees);

/// <summary>What this organisation's executors earn and spend.</summary>
public sealed class RewardStore(NpgsqlDataSource source)
{
    // Deferred messages pay whoever retries them, and not whoever delivered.
    private const string Paid =
        """
        FROM submission s JOIN message m ON m.source_chain = s.source_chain AND m.destination_chain = s.destination_chain
            AND m.sequence BETWEEN s.first_sequence AND s.last_sequence AND m.status <> 'Orphaned'
            AND NOT EXISTS (SELECT FROM delivery_event d WHERE d.source_chain = m.source_chain AND d.destination_chain = m.destination_chain AND d.first_sequence = m.sequence AND d.kind = 'Deferred')
        """;

    // Null where one of the messages' assets has no price: 10^18 wei are a coin, and a price is base units for one.
    private const string Worth =
        "SELECT CASE WHEN bool_and(p.units IS NOT NULL OR m.fee = 0) THEN COALESCE(sum(trunc(m.fee * 1000000000000000000 / p.units)), 0) END";

    private const string Priced = "m LEFT JOIN coin_price p ON p.chain_id = m.destination_chain AND p.asset_id = m.asset_id";

    /// <summary>What the fees of a range are worth in wei of the destination's coin; null where one of its assets has no price.</summary>
    public async Task<UInt128?> WorthAsync(Lane lane, Sequence first, Sequence last, CancellationToken ct) => (await source.QueryAsync(
        $"""
        {Worth} FROM message {Priced}
        WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.sequence BETWEEN $3 AND $4 AND m.status <> 'Orphaned'
        """, row => row.AmountOrNull(0), ct, lane.Source, lane.Destination, first, last)).Single();

    /// <summary>Writes down what a final delivery earned, once.</summary>
    public Task SettleAsync(Guid submission, CancellationToken ct) => source.ExecuteAsync(
        $"""
        UPDATE submission SET earned_wei = (
            {Worth} FROM (SELECT m.* {Paid} WHERE s.id = $1) {Priced})
        WHERE id = $1 AND status = 'Final' AND earned_wei IS NULL
        """, ct, submission);

    /// <summary>Newest day first, then by lane and account.</summary>
    /// <param name="account">Of it alone; null: of every account.</param>
    public async Task<IReadOnlyList<RewardDay>> DaysAsync(DateTimeOffset since, Address? account, CancellationToken ct)
    {
        var fees = (await source.QueryAsync(
            $"""
            SELECT s.source_chain, s.destination_chain, (s.updated_at AT TIME ZONE 'UTC')::date, s.account, m.asset_id, sum(m.fee)
            {Paid} WHERE s.status = 'Final' AND s.spent_wei IS NOT NULL AND s.updated_at >= $1 AND ($2::bytea IS NULL OR s.account = $2) AND m.fee > 0 GROUP BY 1, 2, 3, 4, 5 ORDER BY 5
            """, row => (Key: Key(row), Fee: new FeeSum(new AssetId((uint)row.GetInt64(4)), row.Amount(5))), ct, since.ToUniversalTime(), account)).ToLookup(row => row.Key, row => row.Fee);
        return await source.QueryAsync(
            """
            SELECT source_chain, destination_chain, (updated_at AT TIME ZONE 'UTC')::date AS day, account, count(*),
                COALESCE(sum(last_sequence - first_sequence + 1) FILTER (WHERE status = 'Final'), 0)::bigint,
                COALESCE(sum(earned_wei), 0), sum(spent_wei), count(*) FILTER (WHERE status = 'Final' AND earned_wei IS NULL)
            FROM submission WHERE spent_wei IS NOT NULL AND updated_at >= $1 AND ($2::bytea IS NULL OR account = $2) GROUP BY 1, 2, 3, 4 ORDER BY day DESC, 1, 2, 4
            """, row => Read(row, fees), ct, since.ToUniversalTime(), account);
    }

    private static RewardDay Read(NpgsqlDataReader row, ILookup<(Lane, DateOnly, Address), FeeSum> fees)
    {
        var (lane, day, account) = Key(row);
        return new RewardDay(lane, day, account, row.GetInt64(4), row.GetInt64(5), row.Amount(6), row.Amount(7), row.GetInt64(8), [.. fees[(lane, day, account)]]);
    }

    private static (Lane Lane, DateOnly Day, Address Account) Key(NpgsqlDataReader row) => (row.Lane(0, 1), row.GetFieldValue<DateOnly>(2), row.Account(3));
}
