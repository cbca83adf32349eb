using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>A transaction of ours that waits for a block.</summary>
/// <param name="Id">Of the submission, or of the errand.</param>
/// <param name="Kind">Delivery of an executor's; Intent, Retry or Fees of a submitter's.</param>
/// <param name="Chain">Whose block it waits for.</param>
/// <param name="Lane">Of a delivery, as are <paramref name="First"/> and <paramref name="Last"/>.</param>
/// <param name="Since">When its first transaction was signed.</param>
/// <param name="Bumps">How often it was replaced.</param>
/// <param name="Transaction">The newest one.</param>
/// <param name="MaxFee">What that offers, in wei a gas.</param>
public sealed record WaitingTransaction(
    Guid Id, string Kind, ChainId Chain, Lane? Lane, Sequence? First, Sequence? Last, Address Account, ulong Nonce, DateTimeOffset Since, long Bumps, Hash32 Transaction, UInt128 MaxFee, bool IsCancel, string? Detail);

/// <summary>What waits for a block, of both journals.</summary>
public sealed class WaitingTransactions(NpgsqlDataSource source)
{
    /// <summary>Of every account, the oldest first.</summary>
    /// <param name="least">Since the first signature.</param>
    public async Task<IReadOnlyList<WaitingTransaction>> ReadAsync(TimeSpan least, CancellationToken ct) => await source.QueryAsync(
        """
        SELECT s.id, 'Delivery', s.destination_chain, s.source_chain, s.first_sequence, s.last_sequence, s.account, s.nonce, a.first, a.count, t.transaction_hash, t.max_fee, t.is_cancel, s.detail
        FROM submission s CROSS JOIN LATERAL (SELECT min(signed_at) AS first, count(*) AS count FROM submission_attempt WHERE submission_id = s.id) a
        CROSS JOIN LATERAL (SELECT * FROM submission_attempt WHERE submission_id = s.id ORDER BY signed_at DESC LIMIT 1) t
        WHERE s.status IN ('Signed', 'Broadcast') AND a.first < clock_timestamp() - $1
        UNION ALL
        SELECT e.id, e.kind, e.chain_id, NULL, NULL, NULL, e.account, e.nonce, a.first, a.count, t.transaction_hash, t.max_fee, t.is_cancel, e.detail
        FROM errand e CROSS JOIN LATERAL (SELECT min(signed_at) AS first, count(*) AS count FROM errand_attempt WHERE errand_id = e.id) a
        CROSS JOIN LATERAL (SELECT * FROM errand_attempt WHERE errand_id = e.id ORDER BY signed_at DESC LIMIT 1) t
        WHERE e.status IN ('Signed', 'Broadcast') AND a.first < clock_timestamp() - $1
        ORDER BY 9
        """, Row, ct, least);

    private static WaitingTransaction Row(NpgsqlDataReader row)
    {
        var delivery = !row.IsDBNull(3);
        return new WaitingTransaction(
            row.GetGuid(0), row.GetString(1), new ChainId(row.Number(2)), delivery ? row.Lane(3, 2) : null, delivery ? row.Sequence(4) : null, delivery ? row.Sequence(5) : null, row.Account(6), row.Number(7),
            row.Time(8), row.GetInt64(9) - 1, row.Hash(10), row.Amount(11), row.GetBoolean(12), row.TextOrNull(13));
    }
}
