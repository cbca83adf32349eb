using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The one statement that gathers what is known of transfers, and how its rows are read.</summary>
internal static class TransferSelect
{
    /// <summary>
    /// Attestations: of what is finished, those of its first certificate, which never changes; else the checkpoint at or above the message with
    /// the most signatures. Delivery: a retry or a refund if there was one, else the batch.
    /// OFFSET 0 keeps the few certificates of a message apart from their order: the server would else walk all there ever were in that order, from the oldest on.
    /// </summary>
    public const string Sql =
        """
        SELECT m.message_id, m.source_chain, m.destination_chain, m.sequence, m.wire, m.status, m.block_height, m.block_hash, m.block_time,
            m.transaction_hash, m.log_index, m.observed_at, m.updated_at, COALESCE(c.height, 0), c.finalized_height, l.lane_id, w.bridge,
            v.threshold, v.epoch, v.members, best.signers, done.signers,
            ARRAY(SELECT DISTINCT q.signer FROM equivocation q WHERE q.signer = ANY (v.members)),
            d.transaction_hash, d.block_height, d.block_hash, d.block_time, d.account, COALESCE(d.block_height <= dc.finalized_height, false), d.return_sequence,
            tried.transaction_hash, deferral.reason, deferral.block_time, deferral.retry_at, h.code, h.reason, h.halted_at
        FROM message m
        JOIN lane l ON l.source_chain = m.source_chain AND l.destination_chain = m.destination_chain
        LEFT JOIN chain_cursor c ON c.chain_id = m.source_chain
        LEFT JOIN chain_cursor dc ON dc.chain_id = m.destination_chain
        LEFT JOIN validator_set w ON w.chain_id = m.destination_chain AND w.is_current
        LEFT JOIN LATERAL (
            SELECT near.signers, near.epoch FROM (
                SELECT * FROM certificate k WHERE k.source_chain = m.source_chain AND k.destination_chain = m.destination_chain
                    AND k.sequence >= m.sequence AND k.sequence < m.sequence + 128 AND m.status IN ('Delivered', 'Refunded') OFFSET 0) near
            ORDER BY near.certified_at, near.sequence, near.epoch LIMIT 1) done ON true
        LEFT JOIN validator_set v ON v.chain_id = m.destination_chain AND v.epoch = CASE WHEN m.status IN ('Delivered', 'Refunded') THEN done.epoch ELSE w.epoch END
        LEFT JOIN lane_halt h ON h.source_chain = m.source_chain AND h.destination_chain = m.destination_chain AND h.resumed_at IS NULL
        LEFT JOIN LATERAL (
            SELECT array_agg(a.signer ORDER BY a.signer) AS signers FROM attestation a
            WHERE a.source_chain = m.source_chain AND a.destination_chain = m.destination_chain AND a.sequence >= m.sequence
                AND a.sequence < m.sequence + 128 AND a.epoch = w.epoch AND m.status NOT IN ('Orphaned', 'Delivered', 'Refunded')
                AND a.signer NOT IN (SELECT q.signer FROM equivocation q)
            GROUP BY a.sequence, a.rolling_hash ORDER BY count(*) DESC, a.sequence LIMIT 1) best ON true
        LEFT JOIN LATERAL (
            SELECT b.* FROM (
                (SELECT e.* FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                    AND e.first_sequence = m.sequence AND e.kind IN ('Retried', 'Refunded') AND e.kind <> 'Delivered' LIMIT 1)
                UNION ALL
                (SELECT e.* FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                    AND e.last_sequence >= m.sequence AND e.kind = 'Delivered' ORDER BY e.last_sequence LIMIT 1)) b
            WHERE b.first_sequence <= m.sequence AND m.status NOT IN ('Observed', 'Orphaned') LIMIT 1) d ON true
        LEFT JOIN LATERAL (
            SELECT e.reason, e.block_time, e.retry_at FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                AND e.first_sequence = m.sequence AND e.kind = 'Deferred' AND e.kind <> 'Delivered' LIMIT 1) deferral ON true
        LEFT JOIN LATERAL (
            SELECT t.transaction_hash FROM submission s JOIN submission_attempt t ON t.submission_id = s.id
            WHERE s.source_chain = m.source_chain AND s.destination_chain = m.destination_chain AND s.last_sequence >= m.sequence AND s.first_sequence <= m.sequence
                AND m.status NOT IN ('Delivered', 'Refunded', 'Orphaned') AND NOT t.is_cancel ORDER BY t.signed_at DESC LIMIT 1) tried ON true
        """;

    public static TransferView Read(NpgsqlDataReader row, IReadOnlyDictionary<(ChainId, AssetId), AssetRow> assets)
    {
        var lane = row.Lane(1, 2);
        var wire = row.GetFieldValue<byte[]>(4);
        if (!MessageCodec.TryDecode(wire, out var message, out var fault)) throw new InvalidDataException($"message {row.Hash(0)} cannot be decoded: {fault}");
        return new TransferView(
            row.Hash(0), lane, row.Sequence(3), message, Enum.Parse<TransferStatus>(row.GetString(5)),
            new SourceView(new BlockRef(row.Number(6), row.Hash(7)), row.Time(8), row.Hash(9), (uint)row.GetInt64(10), row.Number(13), row.NumberOrNull(14)),
            ReadAttestation(row), ReadDelivery(row), row.IsDBNull(30) ? null : row.Hash(30),
            row.BytesOrNull(31) is { } reason ? new DeferralView(reason, row.Time(32), row.IsDBNull(33) ? null : row.Time(33)) : null,
            row.NumberOrNull(29) is { } returned ? new Sequence(returned) : null,
            row.IsDBNull(34) ? null : new Halt(lane, row.GetString(34), row.GetString(35), row.Time(36)),
            assets.GetValueOrDefault((lane.Source, message.Asset)), assets.GetValueOrDefault((lane.Destination, message.Asset)), row.Time(11), row.Time(12))
        {
            LaneId = row.Hash(15), DestinationBridge = row.IsDBNull(16) ? null : row.Account(16), Wire = wire,
        };
    }

    private static AttestationView ReadAttestation(NpgsqlDataReader row)
    {
        IReadOnlyList<Address> members = row.IsDBNull(19) ? [] : Accounts(row.GetFieldValue<byte[][]>(19));
        IReadOnlyList<Address> signers = row.BytesOrNull(21) is { } bitmap
            ? [.. members.Where((_, index) => !(SignerBitmap.FromWord(bitmap) >> index).IsEven)]
            : row.IsDBNull(20) ? [] : Accounts(row.GetFieldValue<byte[][]>(20));
        return new AttestationView(
            signers, row.IsDBNull(17) ? null : row.GetInt32(17), row.NumberOrNull(18) is { } epoch ? new Epoch(epoch) : null, members,
            Accounts(row.GetFieldValue<byte[][]>(22)));
    }

    private static DeliveryView? ReadDelivery(NpgsqlDataReader row) => row.IsDBNull(23) ? null : new DeliveryView(
        row.Hash(23), new BlockRef(row.Number(24), row.Hash(25)), row.Time(26), row.IsDBNull(27) ? null : row.Account(27), row.GetBoolean(28));

    private static IReadOnlyList<Address> Accounts(byte[][] column) => [.. column.Select(account => new Address(account))];
}
