using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Index">From 0.</param>
public sealed record LogLeaf(ulong Index, string Kind, string Text, Hash32 Hash);

/// <param name="Proof">From the leaf upward, RFC 6962.</param>
public sealed record ProvenLeaf(LogLeaf Leaf, IReadOnlyList<Hash32> Proof);

/// <summary>The log as it is published: nothing that was read once ever changes, except that it grows.</summary>
public sealed class LogReader(NpgsqlDataSource source)
{
    private const string Leaves = "SELECT leaf_index, kind, entry, leaf_hash FROM log_entry";

    /// <summary>The newest signed checkpoint with its cosignatures, or the newest of at most so many leaves; null before the first one.</summary>
    public async Task<SignedNote?> CheckpointAsync(CancellationToken ct, ulong most = long.MaxValue) => await WithAsync(async connection =>
    {
        var found = await connection.QueryAsync(
            "SELECT origin, size, root, line FROM log_checkpoint WHERE size <= $1 ORDER BY size DESC LIMIT 1",
            row => (Checkpoint: new LogCheckpoint(row.GetString(0), row.Number(1), row.Hash(2)), Line: row.GetString(3)), ct, most);
        if (found is not [var (checkpoint, line)]) return null;
        var more = await connection.QueryAsync("SELECT line FROM log_cosignature WHERE size = $1 ORDER BY account", row => row.GetString(0), ct, checkpoint.Size);
        return SignedNote.TryParse($"{checkpoint.Body()}\n{line}{string.Concat(more)}", out var note) ? note : throw new InvalidOperationException($"The checkpoint of {checkpoint.Size} leaves is not readable. Was its row changed?");
    }, ct);

    /// <summary>The hashes of a tile; null where it has fewer by now.</summary>
    public async Task<IReadOnlyList<Hash32>?> TileAsync(TilePath tile, CancellationToken ct)
    {
        if (tile.Index > long.MaxValue / (ulong)TilePath.FullWidth / 2) return null;
        var hashes = await WithAsync(connection => LogHashes.ReadAsync(connection, tile.Level, tile.First, (ulong)tile.Width, ct), ct);
        return hashes.Count == tile.Width ? hashes : null;
    }

    public Task<List<LogLeaf>> EntriesAsync(ulong first, int count, CancellationToken ct) => source.QueryAsync(
        $"{Leaves} WHERE leaf_index >= $1 ORDER BY leaf_index LIMIT $2", ReadLeaf, ct, first, count);

    /// <summary>Every leaf that names a transfer, proven against a tree of <paramref name="size"/> leaves.</summary>
    public async Task<IReadOnlyList<ProvenLeaf>> ProofsAsync(Hash32 messageId, ulong size, CancellationToken ct) => await WithAsync(async connection =>
    {
        var leaves = await connection.QueryAsync($"{Leaves} WHERE message_id = $1 AND leaf_index < $2 ORDER BY leaf_index", ReadLeaf, ct, messageId, size);
        var proven = new List<ProvenLeaf>();
        foreach (var leaf in leaves) proven.Add(new ProvenLeaf(leaf, await LogHashes.RootsAsync(connection, MerkleProof.Inclusion(leaf.Index, size), ct)));
        return proven;
    }, ct);

    /// <exception cref="ArgumentOutOfRangeException">The former tree is empty or larger.</exception>
    public async Task<IReadOnlyList<Hash32>> ConsistencyAsync(ulong first, ulong second, CancellationToken ct) =>
        await WithAsync(connection => LogHashes.RootsAsync(connection, MerkleProof.Consistency(first, second), ct), ct);

    /// <param name="size">At most as many leaves as there are.</param>
    public async Task<Hash32> RootAsync(ulong size, CancellationToken ct) =>
        size == 0 ? MerkleHash.Empty : (await WithAsync(connection => LogHashes.RootsAsync(connection, [new LeafRange(0, size)], ct), ct)).Single();

    public async Task<ulong> SizeAsync(CancellationToken ct) => (await source.QueryAsync("SELECT size FROM log_head", row => row.Number(0), ct)).Single();

    private static LogLeaf ReadLeaf(NpgsqlDataReader row) => new(row.Number(0), row.GetString(1), row.GetString(2), row.Hash(3));

    private async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await read(connection);
    }
}
