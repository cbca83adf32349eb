using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>
/// Holds a database against its audit log, without asking anybody: every leaf is hashed again, every row is told again and compared with the
/// leaf that told it, every root is worked out, every checkpoint's signature recovered. What was altered is named.
/// </summary>
public static class LogVerifier
{
    /// <summary>In one snapshot; a login that may only read suffices, if it may read all tables.</summary>
    public static async Task<LogReport> VerifyAsync(string connectionString, LogExpectation expected, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var faults = new List<string>();
        if (!await IsKeptAsync(connection, ct)) faults.Add("no log was ever begun in this database: a node with the role log begins one");
        var (size, root, corrections, roots) = await TreeCheck.RunAsync(connection, expected.Earlier, faults, ct);
        var checkpoints = await CheckpointCheck.RunAsync(connection, expected, size, roots, faults, ct);
        var pending = await PendingAsync(connection, ct);
        // A second reader of the same moment: rows and leaves are read side by side.
        await using var other = await SameMomentAsync(connection, connectionString, ct);
        foreach (var table in LoggedTable.All) await RowCheck.RunAsync(connection, other, table, pending, faults, ct);
        return new LogReport(size, root, checkpoints, pending.Count, corrections, faults);
    }

    private static async Task<bool> IsKeptAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM log_kept)", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<HashSet<(string Kind, string Key)>> PendingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT kind, key FROM log_pending", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var pending = new HashSet<(string, string)>();
        while (await reader.ReadAsync(ct)) pending.Add((reader.GetString(0), reader.GetString(1)));
        return pending;
    }

    private static async Task<NpgsqlConnection> SameMomentAsync(NpgsqlConnection connection, string connectionString, CancellationToken ct)
    {
        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
        var snapshot = (string)(await export.ExecuteScalarAsync(ct))!;
        var other = new NpgsqlConnection(connectionString);
        await other.OpenAsync(ct);
        await using var import = new NpgsqlCommand($"BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '{snapshot}'", other);
        await import.ExecuteNonQueryAsync(ct);
        return other;
    }
}
