using System.Globalization;
using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>Hashes every entry again, and the tree over them.</summary>
internal static class TreeCheck
{
    private const int Tile = TilePath.FullWidth;

    /// <param name="earlier">Their roots are worked out, too.</param>
    /// <returns>Roots by size, of every checkpoint that is stored or was asked about.</returns>
    public static async Task<(ulong Size, Hash32 Root, List<string> Corrections, Dictionary<ulong, Hash32> Roots)> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<LogCheckpoint> earlier, List<string> faults, CancellationToken ct)
    {
        var wanted = (await NumbersAsync(connection, "SELECT size FROM log_checkpoint", ct)).Concat(earlier.Select(checkpoint => checkpoint.Size)).ToHashSet();
        var (tree, roots, corrections, tile) = (new MerkleFrontier(), new Dictionary<ulong, Hash32>(), new List<string>(), new List<Hash32>());
        var nodes = await NodesAsync(connection, ct);
        var level = new List<Hash32>();
        await using (var command = new NpgsqlCommand("SELECT leaf_index, kind, key, change, entry, leaf_hash FROM log_entry ORDER BY leaf_index", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var (index, what) = ((ulong)reader.GetInt64(0), $"{reader.GetString(1)} {reader.GetString(2)}");
                if (index != tree.Size)
                {
                    faults.Add($"leaf {tree.Size}: it is gone; the next one is {index} ({what})");
                    break;
                }
                var hash = new Hash32(reader.GetFieldValue<byte[]>(5));
                if (Fault(reader, hash) is { } fault) faults.Add($"leaf {index} ({what}): {fault}");
                Judge(index, reader.GetString(1), reader.GetString(2), reader.GetString(3), corrections, faults);
                tree.Append(hash);
                tile.Add(hash);
                if (tile.Count == Tile)
                {
                    level.Add(MerkleHash.Perfect(tile));
                    tile.Clear();
                }
                if (wanted.Contains(tree.Size)) roots[tree.Size] = tree.Root;
            }
        }
        CompareNodes(level, nodes, faults);
        var head = (await NumbersAsync(connection, "SELECT size FROM log_head", ct)).Single();
        if (head != tree.Size) faults.Add(string.Create(CultureInfo.InvariantCulture, $"leaf {tree.Size}: the log says that it has {head} leaves, and there are {tree.Size}"));
        return (tree.Size, tree.Root, corrections, roots);
    }

    private static string? Fault(NpgsqlDataReader row, Hash32 hash)
    {
        var text = row.GetString(4);
        if (AuditEntry.LeafOf(text) != hash) return $"its entry is not what was hashed. It says {text}";
        try
        {
            var entry = AuditEntry.Parse(text);
            return (entry.Kind, entry.Key, entry.Change) == (row.GetString(1), row.GetString(2), row.GetString(3)) ? null : $"it is filed as {row.GetString(3)} of {row.GetString(1)} {row.GetString(2)}, and its entry is of another: {text}";
        }
        catch (FormatException e)
        {
            return $"{e.Message} It says {text}";
        }
    }

    /// <summary>A change that no part of the bridge makes is a fault though it was told.</summary>
    private static void Judge(ulong index, string kind, string key, string change, List<string> corrections, List<string> faults)
    {
        if (change == "insert") return;
        if (LoggedTable.All.FirstOrDefault(table => table.Name == kind) is not { } known) faults.Add($"leaf {index}: there is no kind {kind}");
        else if (change == "update" && !known.Changes) faults.Add($"{kind} {key}: it was changed, as leaf {index} tells, and such rows never change");
        else if (change == "delete" && !known.Goes) faults.Add($"{kind} {key}: it was removed, as leaf {index} tells, and such rows never go");
        else if (change == "delete") corrections.Add($"leaf {index}: {kind} {key} went");
    }

    private static void CompareNodes(List<Hash32> level, Dictionary<(int Level, ulong Index), Hash32> nodes, List<string> faults)
    {
        for (var (n, width) = (1, (ulong)Tile); level.Count > 0; (n, width, level) = (n + 1, width * Tile, [.. level.Chunk(Tile).Where(full => full.Length == Tile).Select(MerkleHash.Perfect)]))
            for (var i = 0; i < level.Count; i++)
                if (!nodes.TryGetValue((n, (ulong)i), out var stored) || stored != level[i])
                    faults.Add($"leaves {(ulong)i * width} to {(((ulong)i + 1) * width) - 1}: one of them is not what it was when their tile was full");
    }

    private static async Task<Dictionary<(int Level, ulong Index), Hash32>> NodesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT level, index, hash FROM log_node", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var nodes = new Dictionary<(int, ulong), Hash32>();
        while (await reader.ReadAsync(ct)) nodes[(reader.GetInt16(0), (ulong)reader.GetInt64(1))] = new Hash32(reader.GetFieldValue<byte[]>(2));
        return nodes;
    }

    private static async Task<List<ulong>> NumbersAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var numbers = new List<ulong>();
        while (await reader.ReadAsync(ct)) numbers.Add((ulong)reader.GetInt64(0));
        return numbers;
    }
}
