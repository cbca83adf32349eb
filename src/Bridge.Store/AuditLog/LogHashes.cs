using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The tree as the database holds it: leaves beside their entries, and the roots of full tiles.</summary>
internal static class LogHashes
{
    /// <summary>Of one level, each over 256^level leaves; as many as there are.</summary>
    public static async Task<IReadOnlyList<Hash32>> ReadAsync(NpgsqlConnection connection, int level, ulong first, ulong count, CancellationToken ct) => await connection.QueryAsync(
        level == 0
            ? "SELECT leaf_hash FROM log_entry WHERE leaf_index >= $1 AND leaf_index < $2 AND $3 = 0 ORDER BY leaf_index"
            : "SELECT hash FROM log_node WHERE index >= $1 AND index < $2 AND level = $3 ORDER BY index",
        row => row.Hash(0), ct, first, first + count, (short)level);

    /// <summary>Root of each range.</summary>
    public static Task<IReadOnlyList<Hash32>> RootsAsync(NpgsqlConnection connection, IReadOnlyList<LeafRange> ranges, CancellationToken ct) =>
        TileRoots.OfAsync(ranges, (level, first, count) => ReadAsync(connection, level, first, (ulong)count, ct));

    /// <summary>Writes the roots of the tiles that became full.</summary>
    public static async Task CompleteAsync(NpgsqlConnection connection, ulong before, ulong after, CancellationToken ct)
    {
        for (var level = 1; before / TilePath.FullWidth < after / TilePath.FullWidth; level++)
        {
            (before, after) = (before / TilePath.FullWidth, after / TilePath.FullWidth);
            var below = await ReadAsync(connection, level - 1, before * TilePath.FullWidth, (after - before) * TilePath.FullWidth, ct);
            var nodes = below.Chunk(TilePath.FullWidth).Select(MerkleHash.Perfect).ToList();
            await connection.ExecuteAsync(
                "INSERT INTO log_node (level, index, hash) SELECT $1, n, h FROM unnest($2::bigint[], $3::bytea[]) AS r (n, h)", ct,
                (short)level, nodes.Select((_, i) => Sql.Big(before + (ulong)i)).ToArray(), nodes.Select(node => node.ToArray()).ToArray());
        }
    }
}
