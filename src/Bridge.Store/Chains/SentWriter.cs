using System.Numerics;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Messages as their source shows them: new ones, orphans mined again, and contradictions. Inside the caller's transaction.</summary>
internal static class SentWriter
{
    private sealed record Known(Hash32 Id, Lane Lane, Sequence Sequence, TransferStatus Status);

    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<SentFact> sent, CancellationToken ct)
    {
        if (sent.Count == 0) return;
        foreach (var (lane, laneId) in sent.Select(fact => (fact.Lane, fact.LaneId)).Distinct()) await LaneRows.SaveAsync(connection, lane, laneId, ct);

        var known = await KnownAsync(connection, sent, ct);
        var fresh = new List<SentFact>();
        foreach (var fact in sent)
        {
            if (known.Any(k => k.Id == fact.MessageId)) await SeeAgainAsync(connection, fact, ct);
            else if (known.FirstOrDefault(k => k.Lane == fact.Lane && k.Sequence == fact.Sequence && k.Status is not TransferStatus.Orphaned) is { } other)
                await ContradictAsync(connection, other, fact, ct);
            else fresh.Add(fact);
        }
        if (fresh.Count > 0) await InsertAsync(connection, fresh, ct);
    }

    private static Task<List<Known>> KnownAsync(NpgsqlConnection connection, IReadOnlyList<SentFact> sent, CancellationToken ct) => connection.QueryAsync(
        """
        SELECT message_id, source_chain, destination_chain, sequence, status FROM message
        WHERE message_id = ANY (ARRAY (
            SELECT unnest($1::bytea[]) UNION
            SELECT m.message_id FROM unnest($3::bigint[], $4::bigint[]) AS f (destination, sequence)
            JOIN message m ON m.source_chain = $2 AND m.destination_chain = f.destination AND m.sequence = f.sequence AND m.status <> 'Orphaned'))
        ORDER BY source_chain, destination_chain, sequence, message_id FOR UPDATE
        """, row => new Known(row.Hash(0), row.Lane(1, 2), row.Sequence(3), Enum.Parse<TransferStatus>(row.GetString(4))), ct,
        sent.Select(fact => fact.MessageId.ToArray()).ToArray(), sent[0].Lane.Source,
        sent.Select(fact => Sql.Big(fact.Lane.Destination.Value)).ToArray(), sent.Select(fact => Sql.Big(fact.Sequence.Value)).ToArray());

    private static async Task SeeAgainAsync(NpgsqlConnection connection, SentFact fact, CancellationToken ct)
    {
        await connection.ExecuteAsync(
            """
            UPDATE message SET block_height = $2, block_hash = $3, block_time = $4, transaction_hash = $5, log_index = $6, updated_at = now()
            WHERE message_id = $1 AND (block_hash <> $3 OR status = 'Orphaned')
            """, ct, fact.MessageId, fact.Block.Height, fact.Block.Hash, fact.Block.Time, fact.Transaction, fact.LogIndex);
        await StatusChange.ApplyToAsync(connection, fact.Lane, fact.MessageId, TransferEvent.SourceObserved, $"again in block {fact.Block.Height}", ct);
    }

    private static async Task ContradictAsync(NpgsqlConnection connection, Known other, SentFact fact, CancellationToken ct)
    {
        if (other.Status is TransferStatus.Observed)
            throw new ContradictedMessageException($"lane {fact.Lane}: message {fact.Sequence} is stored as {other.Id}, so {fact.MessageId} cannot be it, too: an endpoint invented one of them");
        await connection.ExecuteAsync(
            """
            INSERT INTO message_conflict (message_id, known_id, source_chain, destination_chain, sequence, wire, block_height, block_hash, transaction_hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """, ct, fact.MessageId, other.Id, fact.Lane.Source, fact.Lane.Destination, fact.Sequence, fact.Wire, fact.Block.Height, fact.Block.Hash, fact.Transaction);
        await HaltStore.HaltAsync(connection, fact.Lane, HaltCodes.ConflictingMessage,
            $"message {fact.Sequence} was final as {other.Id}, and block {fact.Block.Height} ({fact.Block.Hash}) shows {fact.MessageId} in its place", ct);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, List<SentFact> fresh, CancellationToken ct)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO message (message_id, source_chain, destination_chain, sequence, wire, kind, asset_id, recipient, sender, amount, fee,
                block_height, block_hash, block_time, transaction_hash, log_index, status)
            SELECT f.*, 'Observed' FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[], $6::smallint[], $7::bigint[], $8::bytea[],
                $9::bytea[], $10::numeric[], $11::numeric[], $12::bigint[], $13::bytea[], $14::timestamptz[], $15::bytea[], $16::bigint[]) f
            """, ct,
            Column(f => f.MessageId.ToArray()), Column(f => Sql.Big(f.Lane.Source.Value)), Column(f => Sql.Big(f.Lane.Destination.Value)),
            Column(f => Sql.Big(f.Sequence.Value)), Column(f => f.Wire), Column(f => (short)f.Message.Kind), Column(f => (long)f.Message.Asset.Value),
            Column(f => f.Message.Recipient.ToArray()), Column(f => f.Message.Sender.ToArray()), Column(f => (BigInteger)f.Message.Amount),
            Column(f => (BigInteger)f.Message.Fee), Column(f => Sql.Big(f.Block.Height)), Column(f => f.Block.Hash.ToArray()),
            Column(f => f.Block.Time.ToUniversalTime()), Column(f => f.Transaction.ToArray()), Column(f => (long)f.LogIndex));
        await connection.ExecuteAsync(
            "INSERT INTO transition (message_id, event, to_status, detail) SELECT f.id, $3, $4, 'block ' || f.height FROM unnest($1::bytea[], $2::bigint[]) AS f (id, height)",
            ct, Column(f => f.MessageId.ToArray()), Column(f => Sql.Big(f.Block.Height)), TransferEvent.SourceObserved, TransferStatus.Observed);

        T[] Column<T>(Func<SentFact, T> value) => [.. fresh.Select(value)];
    }
}
