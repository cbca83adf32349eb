using System.Text.Json;
using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>Compares each row of a table with the newest leaf that tells of it: both sides are read once, in the order of their keys.</summary>
internal static class RowCheck
{
    public static async Task RunAsync(
        NpgsqlConnection one, NpgsqlConnection other, LoggedTable table, HashSet<(string Kind, string Key)> pending, List<string> faults, CancellationToken ct)
    {
        await TriggersAsync(one, table, faults, ct);
        await using var leafCommand = new NpgsqlCommand(
            "SELECT DISTINCT ON (key COLLATE \"C\") key, leaf_index, change, entry FROM log_entry WHERE kind = $1 ORDER BY key COLLATE \"C\", leaf_index DESC", one) { Parameters = { new() { Value = table.Name } }, CommandTimeout = 0 };
        await using var rowCommand = new NpgsqlCommand($"SELECT {table.KeySql} AS told_key, t.* FROM {table.Name} t ORDER BY ({table.KeySql}) COLLATE \"C\"", other) { CommandTimeout = 0 };
        await using var leaves = await leafCommand.ExecuteReaderAsync(ct);
        await using var rows = await rowCommand.ExecuteReaderAsync(ct);

        var (hasLeaf, hasRow) = (await leaves.ReadAsync(ct), await rows.ReadAsync(ct));
        while (hasLeaf || hasRow)
        {
            var order = !hasLeaf ? 1 : !hasRow ? -1 : string.CompareOrdinal(leaves.GetString(0), rows.GetString(0));
            var key = order > 0 ? rows.GetString(0) : leaves.GetString(0);
            if (!pending.Contains((table.Name, key)) && Fault(order, leaves, rows, table) is { } fault) faults.Add($"{table.Name} {key}: {fault}");
            if (order <= 0) hasLeaf = await leaves.ReadAsync(ct);
            if (order >= 0) hasRow = await rows.ReadAsync(ct);
        }
    }

    private static string? Fault(int order, NpgsqlDataReader leaves, NpgsqlDataReader rows, LoggedTable table)
    {
        if (order > 0) return "no leaf tells of it";
        var gone = leaves.GetString(2) == "delete";
        if (order < 0) return gone ? null : $"it is gone, and leaf {leaves.GetInt64(1)} tells what it was: {leaves.GetString(3)}";
        if (gone) return $"it is there, though it went with leaf {leaves.GetInt64(1)}";
        return Told(leaves.GetString(3)) is { } told && LoggedRow.Difference(LoggedRow.Read(rows, 1, table), told) is { } difference ? $"{difference} (leaf {leaves.GetInt64(1)})" : null;
    }

    /// <summary>Null where the entry is unreadable: the tree names it.</summary>
    private static JsonElement? Told(string entry)
    {
        try
        {
            return AuditEntry.Parse(entry).Row;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static async Task TriggersAsync(NpgsqlConnection connection, LoggedTable table, List<string> faults, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT name FROM unnest(ARRAY['log_insert', 'log_update', 'log_delete']) name WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname = name AND tgenabled IN ('O', 'A'))", connection) { Parameters = { new() { Value = table.Name } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) faults.Add($"{table.Name}: nothing tells the log of its changes: the trigger {reader.GetString(0)} is off or gone");
    }
}
