using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What users see of the transfers. Reads only.</summary>
public sealed class TransferQueries(NpgsqlDataSource source, DirectoryStore directory)
{
    public const int MaxLimit = 500;

    // Attestations: the checkpoint at or above the message with the most signatures. Delivery: a retry or a refund if there was one, else the batch.
    private const string Select =
        """
        SELECT m.message_id, m.source_chain, m.destination_chain, m.sequence, m.wire, m.status, m.block_height, m.block_hash, m.block_time,
            m.transaction_hash, m.log_index, m.observed_at, m.updated_at,
            COALESCE(c.height, 0), c.finalized_height, v.threshold, v.epoch, best.signers,
            d.transaction_hash, d.block_height, d.block_hash, d.block_time, d.account, COALESCE(d.block_height <= dc.finalized_height, false),
            tried.transaction_hash, deferral.reason, d.return_sequence, h.code, h.reason, h.halted_at
        FROM message m
        LEFT JOIN chain_cursor c ON c.chain_id = m.source_chain
        LEFT JOIN chain_cursor dc ON dc.chain_id = m.destination_chain
        LEFT JOIN validator_set v ON v.chain_id = m.destination_chain AND v.is_current
        LEFT JOIN lane_halt h ON h.source_chain = m.source_chain AND h.destination_chain = m.destination_chain AND h.resumed_at IS NULL
        LEFT JOIN LATERAL (
            SELECT array_agg(a.signer ORDER BY a.signer) AS signers FROM attestation a
            WHERE a.source_chain = m.source_chain AND a.destination_chain = m.destination_chain AND a.sequence >= m.sequence
                AND a.sequence < m.sequence + 128 AND a.epoch = v.epoch AND m.status <> 'Orphaned'
            GROUP BY a.sequence, a.rolling_hash ORDER BY count(*) DESC, a.sequence LIMIT 1) best ON true
        LEFT JOIN LATERAL (
            SELECT * FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                AND m.sequence BETWEEN e.first_sequence AND e.last_sequence AND e.kind IN ('Delivered', 'Retried', 'Refunded') AND m.status NOT IN ('Observed', 'Orphaned')
            ORDER BY e.kind DESC LIMIT 1) d ON true
        LEFT JOIN LATERAL (
            SELECT e.reason FROM delivery_event e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain
                AND e.first_sequence = m.sequence AND e.kind = 'Deferred' LIMIT 1) deferral ON true
        LEFT JOIN LATERAL (
            SELECT t.transaction_hash FROM submission s JOIN submission_attempt t ON t.submission_id = s.id
            WHERE s.source_chain = m.source_chain AND s.destination_chain = m.destination_chain AND m.sequence BETWEEN s.first_sequence AND s.last_sequence
                AND NOT t.is_cancel ORDER BY t.signed_at DESC LIMIT 1) tried ON true
        """;

    public async Task<TransferView?> ByIdAsync(Hash32 id, CancellationToken ct) =>
        (await ReadAsync($"{Select} WHERE m.message_id = $1", ct, id)).SingleOrDefault();

    /// <summary>By the transaction on either chain, in the order of the lanes.</summary>
    public async Task<IReadOnlyList<TransferView>> ByTransactionAsync(Hash32 transaction, CancellationToken ct) => await ReadAsync(
        $"""
        {Select} WHERE m.message_id IN (
            SELECT message_id FROM message WHERE transaction_hash = $1
            UNION SELECT o.message_id FROM delivery_event e JOIN message o ON o.source_chain = e.source_chain AND o.destination_chain = e.destination_chain
                AND o.sequence BETWEEN e.first_sequence AND e.last_sequence AND o.status <> 'Orphaned' WHERE e.transaction_hash = $1)
        ORDER BY m.source_chain, m.destination_chain, m.sequence LIMIT {MaxLimit}
        """, ct, transaction);

    /// <summary>Newest first.</summary>
    /// <param name="limit">1 to <see cref="MaxLimit"/>.</param>
    public async Task<TransferPage> ListAsync(TransferFilter filter, PageKey? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        var rows = await ReadAsync(
            $"""
            {Select} WHERE ($1::bytea IS NULL OR m.sender = $1 OR m.recipient = $1) AND ($2::bytea IS NULL OR m.sender = $2) AND ($3::bytea IS NULL OR m.recipient = $3)
                AND ($4::bigint IS NULL OR m.source_chain = $4) AND ($5::bigint IS NULL OR m.destination_chain = $5)
                AND ($11::bigint IS NULL OR m.source_chain = $11 OR m.destination_chain = $11) AND ($6::bigint IS NULL OR m.asset_id = $6)
                AND ($7::text[] IS NULL OR m.status = ANY ($7)) AND ($8::timestamptz IS NULL OR (m.observed_at, m.message_id) < ($8, $9::bytea))
            ORDER BY m.observed_at DESC, m.message_id DESC LIMIT $10
            """, ct,
            filter.Account, filter.Sender, filter.Recipient, filter.Source, filter.Destination, filter.Asset,
            filter.Statuses?.Select(status => status.ToString()).ToArray(), after?.CreatedAt, after?.MessageId, limit + 1, filter.Chain);
        var page = rows.Take(limit).ToList();
        return new TransferPage(page, rows.Count > limit ? new PageKey(page[^1].CreatedAt, page[^1].MessageId) : null);
    }

    public async Task<IReadOnlyList<TransitionView>> TransitionsAsync(Hash32 id, CancellationToken ct) => await source.QueryAsync(
        "SELECT at, event, from_status, to_status, detail FROM transition WHERE message_id = $1 ORDER BY id",
        row => new TransitionView(row.Time(0), row.GetString(1), row.TextOrNull(2), row.GetString(3), row.TextOrNull(4)), ct, id);

    /// <summary>The last block read of each chain: what lies above may exist and is not known yet.</summary>
    public async Task<IReadOnlyDictionary<ChainId, ulong>> IndexedToAsync(CancellationToken ct)
    {
        var rows = await source.QueryAsync("SELECT chain_id, height FROM chain_cursor", row => (Chain: new ChainId(row.Number(0)), Height: row.Number(1)), ct);
        return rows.ToDictionary(row => row.Chain, row => row.Height);
    }

    private async Task<List<TransferView>> ReadAsync(string sql, CancellationToken ct, params object?[] values)
    {
        var assets = (await directory.AssetsAsync(ct)).ToDictionary(asset => (asset.Chain, asset.Asset));
        return await source.QueryAsync(sql, row => Read(row, assets), ct, values);
    }

    private static TransferView Read(NpgsqlDataReader row, Dictionary<(ChainId, AssetId), AssetRow> assets)
    {
        var lane = row.Lane(1, 2);
        var wire = row.GetFieldValue<byte[]>(4);
        if (!MessageCodec.TryDecode(wire, out var message, out var fault)) throw new InvalidDataException($"message {row.Hash(0)} cannot be decoded: {fault}");
        var signers = row.IsDBNull(17) ? [] : row.GetFieldValue<byte[][]>(17);
        return new TransferView(
            row.Hash(0), lane, row.Sequence(3), message, Enum.Parse<TransferStatus>(row.GetString(5)),
            new SourceView(new BlockRef(row.Number(6), row.Hash(7)), row.Time(8), row.Hash(9), (uint)row.GetInt64(10), row.Number(13), row.NumberOrNull(14)),
            new AttestationView([.. signers.Select(signer => new Address(signer))], row.IsDBNull(15) ? null : row.GetInt32(15), row.NumberOrNull(16) is { } epoch ? new Epoch(epoch) : null),
            row.IsDBNull(18) ? null : new DeliveryView(
                row.Hash(18), new BlockRef(row.Number(19), row.Hash(20)), row.Time(21), row.IsDBNull(22) ? null : row.Account(22), row.GetBoolean(23)),
            row.IsDBNull(24) ? null : row.Hash(24), row.BytesOrNull(25), row.NumberOrNull(26) is { } returned ? new Sequence(returned) : null,
            row.IsDBNull(27) ? null : new Halt(lane, row.GetString(27), row.GetString(28), row.Time(29)),
            assets.GetValueOrDefault((lane.Source, message.Asset)), assets.GetValueOrDefault((lane.Destination, message.Asset)), row.Time(11), row.Time(12));
    }
}
