using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Puts what was read again in the place of what was stored, in one transaction: a rebuild that is killed has changed nothing.</summary>
public static class HistorySwap
{
    // Derived as a whole, without a clock: replaced as a whole.
    private static readonly string[] Replaced = ["delivery_event", "block", "chain_cursor", "asset", "asset_registration"];

    private const string MessageColumns =
        "message_id, source_chain, destination_chain, sequence, wire, kind, asset_id, recipient, sender, amount, fee, block_height, block_hash, block_time, transaction_hash, log_index, status";

    /// <param name="wrong">The messages whose rows, or whose transitions, are not what the chains say. The others keep the moments at which they were seen.</param>
    /// <param name="check">Reads the result before it is committed, and throws to undo it.</param>
    public static async Task ReplaceAsync(HeldRunLock alone, IReadOnlyCollection<Hash32> wrong, Func<NpgsqlConnection, Task> check, CancellationToken ct)
    {
        var connection = alone.Connection;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("ALTER TABLE transition DISABLE TRIGGER append_only; ALTER TABLE message DISABLE TRIGGER never_removed; SET CONSTRAINTS ALL DEFERRED", ct);
        await connection.ExecuteAsync($"INSERT INTO lane SELECT * FROM {SideSchema.Name}.lane ON CONFLICT DO NOTHING", ct);
        await MessagesAsync(connection, wrong, ct);
        foreach (var table in Replaced) await connection.ExecuteAsync(Replace(table), ct);
        // Kept up by triggers; somebody may have changed the rows past them.
        await connection.ExecuteAsync("DELETE FROM ledger_total; INSERT INTO ledger_total SELECT * FROM ledger_counted", ct);
        await connection.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE transition ENABLE TRIGGER append_only; ALTER TABLE message ENABLE TRIGGER never_removed", ct);
        await check(connection);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Only what differs: the audit log tells each row that goes and each that comes.</summary>
    private static string Replace(string table) =>
        $"""
        DELETE FROM {table} o WHERE NOT EXISTS (SELECT FROM {SideSchema.Name}.{table} r WHERE r::text = o::text);
        INSERT INTO {table} SELECT * FROM {SideSchema.Name}.{table} r WHERE NOT EXISTS (SELECT FROM {table} o WHERE o::text = r::text)
        """;

    private static async Task MessagesAsync(NpgsqlConnection connection, IReadOnlyCollection<Hash32> wrong, CancellationToken ct)
    {
        // What is not final yet has no history to keep.
        await connection.ExecuteAsync("CREATE TEMPORARY TABLE wrong (message_id bytea PRIMARY KEY) ON COMMIT DROP", ct);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO wrong SELECT unnest($1::bytea[])
                UNION SELECT message_id FROM message WHERE status = 'Observed' UNION SELECT message_id FROM {SideSchema.Name}.message WHERE status = 'Observed'
            """, ct, [wrong.Select(id => id.ToArray()).ToArray()]);
        await connection.ExecuteAsync(
            $"""
            DELETE FROM transition t USING wrong w WHERE t.message_id = w.message_id;
            DELETE FROM message m USING wrong w WHERE m.message_id = w.message_id;
            INSERT INTO message ({MessageColumns}) SELECT {MessageColumns} FROM {SideSchema.Name}.message JOIN wrong USING (message_id);
            INSERT INTO transition (message_id, event, from_status, to_status, detail)
                SELECT t.message_id, t.event, t.from_status, t.to_status, t.detail FROM {SideSchema.Name}.transition t JOIN wrong USING (message_id) ORDER BY t.id;
            """, ct);
    }
}
