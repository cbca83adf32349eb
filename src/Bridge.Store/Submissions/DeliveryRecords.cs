using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What the watcher read of deliveries: an executor's second source, besides receipts.</summary>
public sealed class DeliveryRecords(NpgsqlDataSource source)
{
    /// <summary>The block of the transaction that delivered, if one of a submission's did. Receipts may never come; logs are agreed on.</summary>
    public async Task<(Hash32 Transaction, ulong Height)?> OfSubmissionAsync(Guid submission, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            """
            SELECT e.transaction_hash, e.block_height FROM submission s JOIN submission_attempt a ON a.submission_id = s.id
            JOIN delivery_event e ON e.destination_chain = s.destination_chain AND e.transaction_hash = a.transaction_hash AND e.kind = 'Delivered'
            WHERE s.id = $1 LIMIT 1
            """, row => (row.Hash(0), row.Number(1)), ct, submission);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Who delivered a message; null while that was not read.</summary>
    public async Task<(Address Account, Hash32 Transaction)?> DelivererAsync(Lane lane, Sequence sequence, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            """
            SELECT account, transaction_hash FROM delivery_event WHERE source_chain = $1 AND destination_chain = $2 AND kind = 'Delivered'
                AND $3 BETWEEN first_sequence AND last_sequence AND account IS NOT NULL LIMIT 1
            """, row => (row.Account(0), row.Hash(1)), ct, lane.Source, lane.Destination, sequence);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>
    /// How often an account's deliveries that begin at a sequence were mined without effect, and how long ago the last one was. Asked of the
    /// lane's next sequence, which nobody has delivered: each time, a simulation had lied.
    /// </summary>
    public async Task<(int Count, TimeSpan Since)> RevertsAsync(Lane lane, Sequence first, Address account, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT count(*), COALESCE(clock_timestamp() - max(updated_at), interval '0') FROM submission s
        WHERE source_chain = $1 AND destination_chain = $2 AND first_sequence = $3 AND account = $4 AND status IN ('Void', 'Failed')
            AND NOT EXISTS (SELECT FROM submission_attempt a WHERE a.submission_id = s.id AND a.is_cancel)
        """, row => ((int)row.GetInt64(0), row.GetTimeSpan(1)), ct, lane.Source, lane.Destination, first, account)).Single();
}
