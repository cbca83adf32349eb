using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>Reads an organisation's database in one snapshot. A login that may only read suffices.</summary>
public static class DatabaseReader
{
    private const string Unprotected =
        """
        SELECT 'nothing refuses to change a transition: its trigger append_only is off or gone' WHERE NOT EXISTS (
            SELECT FROM pg_trigger WHERE tgrelid = 'transition'::regclass AND tgname = 'append_only' AND tgenabled IN ('O', 'A'))
        UNION ALL SELECT format('%s may %s transitions', CASE grantee WHEN 0 THEN 'everybody' ELSE grantee::regrole::text END, privilege_type)
            FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'transition'::regclass AND grantee <> relowner AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
        """;

    public static async Task<DatabaseEvidence> ReadAsync(string name, string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var messages = await RowsAsync(
            "SELECT message_id, source_chain, destination_chain, sequence, wire, status, block_height, block_hash, transaction_hash FROM message WHERE status <> 'Orphaned'",
            r => new MessageFact(
                Hash(r, 0), LaneOf(r, 1), new Sequence(Number(r, 3)), Bytes(r, 4), Enum.Parse<TransferStatus>(r.GetString(5)), new BlockRef(Number(r, 6), Hash(r, 7)), Hash(r, 8)));
        return new DatabaseEvidence(
            name,
            messages.ToDictionary(m => (m.Lane, m.Sequence)),
            await RowsAsync(
                "SELECT source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature FROM attestation",
                r => new AttestationFact(LaneOf(r, 0), Hash(r, 2), new Sequence(Number(r, 3)), new Epoch(Number(r, 4)), new Address(Bytes(r, 5)), Hash(r, 6), Bytes(r, 7))),
            await RowsAsync(
                """
                SELECT s.id, s.status, s.destination_chain, s.account, s.nonce, a.transaction_hash
                FROM submission s JOIN submission_attempt a ON a.submission_id = s.id
                """,
                r => new AttemptFact(r.GetGuid(0), r.GetString(1), new ChainId(Number(r, 2)), new Address(Bytes(r, 3)), r.IsDBNull(4) ? null : Number(r, 4), Hash(r, 5))),
            await RowsAsync(
                "SELECT message_id, event, from_status, to_status FROM transition ORDER BY id",
                r => new TransitionFact(Hash(r, 0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3))),
            await RowsAsync(
                "SELECT source_chain, destination_chain, transaction_hash, log_index, kind, first_sequence, last_sequence, block_height, block_hash FROM delivery_event",
                r => new DeliveryFact(LaneOf(r, 0), Hash(r, 2), Number(r, 3), r.GetString(4), new Sequence(Number(r, 5)), new Sequence(Number(r, 6)), new BlockRef(Number(r, 7), Hash(r, 8)))),
            (await RowsAsync("SELECT source_chain, destination_chain, reason FROM lane_halt WHERE resumed_at IS NULL", r => (Lane: LaneOf(r, 0), Reason: r.GetString(2))))
                .ToDictionary(h => h.Lane, h => h.Reason),
            await RowsAsync(Unprotected, r => r.GetString(0)),
            (await RowsAsync("SELECT chain_id, finalized_height FROM chain_cursor WHERE finalized_height IS NOT NULL", r => (Chain: new ChainId(Number(r, 0)), Height: Number(r, 1))))
                .ToDictionary(c => c.Chain, c => c.Height));

        async Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var command = new NpgsqlCommand(sql, connection, snapshot);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct)) rows.Add(read(reader));
            return rows;
        }
    }

    private static byte[] Bytes(NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);
    private static Hash32 Hash(NpgsqlDataReader row, int column) => new(Bytes(row, column));
    private static ulong Number(NpgsqlDataReader row, int column) => checked((ulong)row.GetInt64(column));
    private static Lane LaneOf(NpgsqlDataReader row, int column) => new(new ChainId(Number(row, column)), new ChainId(Number(row, column + 1)));
}
