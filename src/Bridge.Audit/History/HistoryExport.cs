using System.Numerics;
using Npgsql;

namespace Bridge.Audit;

/// <summary>
/// The history that a database holds, as far as the chains alone determine it: what is final, up to each chain's final block, without a clock
/// and without what depends on who looked when. Certified, Submitted and Executed are read as Finalized: they tell how this organisation
/// came to an end, not what the end is. Orphans, halts, attestations, signing logs and submissions are nobody's but this database's.
/// </summary>
public static class HistoryExport
{
    private const string Steps = "'Observed', 'Finalized', 'Deferred', 'Delivered', 'Refunded'";

    public static async Task<IReadOnlyList<HistoryLine>> ReadAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        return await ReadAsync(connection, ct);
    }

    /// <summary>As the connection's transaction sees it.</summary>
    public static async Task<IReadOnlyList<HistoryLine>> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
    [
        .. await RowsAsync(connection, "SELECT chain_id, finalized_height, finalized_hash FROM chain_cursor ORDER BY chain_id", Chain, ct),
        .. await RowsAsync(connection, "SELECT source_chain, destination_chain, lane_id FROM lane ORDER BY 1, 2", Lane, ct),
        .. await RowsAsync(connection, "SELECT chain_id, asset_id, token, mode, symbol, decimals FROM asset ORDER BY 1, 2", Asset, ct),
        .. await RowsAsync(connection, $"""
            SELECT m.message_id, m.source_chain, m.destination_chain, m.sequence, m.wire, m.kind, m.asset_id, m.recipient, m.sender, m.amount, m.fee,
                m.block_height, m.block_hash, extract(epoch FROM m.block_time)::bigint, m.transaction_hash, m.log_index,
                CASE WHEN m.status IN ('Certified', 'Submitted', 'Executed') THEN 'Finalized' ELSE m.status END,
                ARRAY(SELECT t.to_status FROM transition t WHERE t.message_id = m.message_id AND t.to_status IN ({Steps}) GROUP BY 1 ORDER BY min(t.id))
            FROM message m WHERE m.status NOT IN ('Observed', 'Orphaned') ORDER BY 2, 3, 4
            """, Message, ct),
        .. await RowsAsync(connection, """
            SELECT e.destination_chain, e.transaction_hash, e.log_index, e.kind, e.source_chain, e.first_sequence, e.last_sequence, e.rolling_hash,
                e.account, e.reason, e.return_sequence, e.block_height, e.block_hash, extract(epoch FROM e.block_time)::bigint
            FROM delivery_event e JOIN chain_cursor c ON c.chain_id = e.destination_chain AND e.block_height <= c.finalized_height
            ORDER BY 1, e.block_height, e.log_index
            """, Delivery, ct),
    ];

    private static HistoryLine Chain(NpgsqlDataReader row) => new(HistoryKind.Chain, $"{row.GetInt64(0)}", CanonicalJson.Write(
        ("type", "chain"), ("chain", row.GetInt64(0)), ("finalHeight", Number(row, 1)), ("finalHash", Bytes(row, 2))));

    private static HistoryLine Lane(NpgsqlDataReader row) => new(HistoryKind.Lane, $"{row.GetInt64(0)}:{row.GetInt64(1)}", CanonicalJson.Write(
        ("type", "lane"), ("source", row.GetInt64(0)), ("destination", row.GetInt64(1)), ("laneId", Bytes(row, 2))));

    private static HistoryLine Asset(NpgsqlDataReader row) => new(HistoryKind.Asset, $"{row.GetInt64(0)}:{row.GetInt64(1)}", CanonicalJson.Write(
        ("type", "asset"), ("chain", row.GetInt64(0)), ("asset", row.GetInt64(1)), ("token", Bytes(row, 2)), ("mode", row.GetString(3)),
        ("symbol", row.GetString(4)), ("decimals", (long)row.GetInt32(5))));

    private static HistoryLine Message(NpgsqlDataReader row) => new(HistoryKind.Message, "0x" + Convert.ToHexStringLower(Bytes(row, 0)!), CanonicalJson.Write(
        ("type", "message"), ("id", Bytes(row, 0)), ("source", row.GetInt64(1)), ("destination", row.GetInt64(2)), ("sequence", row.GetInt64(3)),
        ("wire", Bytes(row, 4)), ("kind", (long)row.GetInt16(5)), ("asset", row.GetInt64(6)), ("recipient", Bytes(row, 7)), ("sender", Bytes(row, 8)),
        ("amount", row.GetFieldValue<BigInteger>(9)), ("fee", row.GetFieldValue<BigInteger>(10)), ("blockHeight", row.GetInt64(11)),
        ("blockHash", Bytes(row, 12)), ("blockTime", row.GetInt64(13)), ("transaction", Bytes(row, 14)), ("logIndex", row.GetInt64(15)),
        ("status", row.GetString(16)), ("steps", row.GetFieldValue<string[]>(17))));

    private static HistoryLine Delivery(NpgsqlDataReader row) => new(
        HistoryKind.Delivery, $"{row.GetInt64(0)}:0x{Convert.ToHexStringLower(Bytes(row, 1)!)}:{row.GetInt64(2)}", CanonicalJson.Write(
        ("type", "delivery"), ("destination", row.GetInt64(0)), ("transaction", Bytes(row, 1)), ("logIndex", row.GetInt64(2)), ("kind", row.GetString(3)),
        ("source", row.GetInt64(4)), ("first", row.GetInt64(5)), ("last", row.GetInt64(6)), ("rollingHash", Bytes(row, 7)), ("account", Bytes(row, 8)),
        ("reason", Bytes(row, 9)), ("return", Number(row, 10)), ("blockHeight", row.GetInt64(11)), ("blockHash", Bytes(row, 12)), ("blockTime", row.GetInt64(13))));

    private static object? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static byte[]? Bytes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static async Task<List<HistoryLine>> RowsAsync(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, HistoryLine> read, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<HistoryLine>();
        while (await reader.ReadAsync(ct)) lines.Add(read(reader));
        return lines;
    }
}
