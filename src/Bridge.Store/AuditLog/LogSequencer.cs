using System.Globalization;
using System.Text.Json;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>
/// Makes leaves of what the triggers told, in the order in which they told it. Each batch is one commit that holds the head's row: any number of
/// processes may try, one appends, and whoever is killed has appended everything of its batch or nothing.
/// </summary>
public sealed class LogSequencer(NpgsqlDataSource source)
{
    public const int Batch = 2000;

    private sealed record Pending(long Id, DateTimeOffset At, string Kind, string Key, string Change, string Told);

    private sealed record Leaf(AuditEntry Entry, string Text, Hash32 Hash);

    /// <summary>Has the triggers tell from now on, and all that there is already; does nothing where they do. Until then no log is kept, and none is written.</summary>
    /// <returns>Whether this call began it.</returns>
    public Task<bool> BeginAsync(CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ct);
        return await connection.ScalarAsync<bool>("SELECT log_begin()", ct);
    }, ct);

    /// <returns>How many leaves were appended; <see cref="Batch"/> when there may be more.</returns>
    public Task<int> AppendAsync(CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var size = (ulong)await connection.ScalarAsync<long>("SELECT size FROM log_head FOR UPDATE", ct);
        var pending = await connection.QueryAsync(
            "SELECT id, at, kind, key, change, told::text FROM log_pending ORDER BY id LIMIT $1",
            row => new Pending(row.GetInt64(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), ct, Batch);
        if (pending.Count == 0) return 0;

        var leaves = Leaves(pending, size, await FormerAsync(connection, pending, ct));
        await InsertAsync(connection, size, leaves, ct);
        await LogHashes.CompleteAsync(connection, size, size + (ulong)leaves.Count, ct);
        await connection.ExecuteAsync("UPDATE log_head SET size = $1", ct, size + (ulong)leaves.Count);
        await connection.ExecuteAsync("DELETE FROM log_pending WHERE id = ANY ($1)", ct, [pending.Select(p => p.Id).ToArray()]);
        return leaves.Count;
    }, ct);

    private static List<Leaf> Leaves(List<Pending> pending, ulong size, Dictionary<(string, string), ulong> former) => [.. pending.Select((p, i) =>
    {
        using var told = JsonDocument.Parse(p.Told);
        ulong? supersedes = p.Change != "insert" && former.TryGetValue((p.Kind, p.Key), out var leaf) ? leaf : null;
        var entry = new AuditEntry(p.At, p.Kind, p.Key, p.Change, told.RootElement.Clone(), supersedes);
        former[(p.Kind, p.Key)] = size + (ulong)i;
        var text = entry.Text();
        return new Leaf(entry, text, AuditEntry.LeafOf(text));
    })];

    /// <summary>The newest leaf of each row that changed or went.</summary>
    private static async Task<Dictionary<(string, string), ulong>> FormerAsync(NpgsqlConnection connection, List<Pending> pending, CancellationToken ct) => (await connection.QueryAsync(
        "SELECT kind, key, max(leaf_index) FROM log_entry WHERE key = ANY ($1) GROUP BY 1, 2", row => (Row: (row.GetString(0), row.GetString(1)), Leaf: row.Number(2)), ct,
        [pending.Where(p => p.Change != "insert").Select(p => p.Key).Distinct().ToArray()])).ToDictionary(found => found.Row, found => found.Leaf);

    private static Task InsertAsync(NpgsqlConnection connection, ulong size, List<Leaf> leaves, CancellationToken ct) => connection.ExecuteAsync(
        """
        INSERT INTO log_entry (leaf_index, kind, key, change, entry, leaf_hash, message_id, source_chain, destination_chain, first_sequence, last_sequence)
        SELECT $1 + n - 1, r.kind, r.key, r.change, r.entry, r.hash, r.message, r.source, r.destination, r.first, r.last
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
            WITH ORDINALITY r (kind, key, change, entry, hash, message, source, destination, first, last, n)
        """, ct, size, Column(leaves, leaf => leaf.Entry.Kind), Column(leaves, leaf => leaf.Entry.Key), Column(leaves, leaf => leaf.Entry.Change), Column(leaves, leaf => leaf.Text), Column(leaves, leaf => leaf.Hash.ToArray()),
        Column(leaves, leaf => Hash32.TryParse(leaf.Entry.Value("messageId"), out var id) ? id.ToArray() : null), Column(leaves, leaf => Number(leaf, "sourceChain")), Column(leaves, leaf => Number(leaf, "destinationChain")),
        Column(leaves, leaf => Number(leaf, "firstSequence") ?? Number(leaf, "sequence")), Column(leaves, leaf => Number(leaf, "lastSequence") ?? Number(leaf, "sequence")));

    private static T[] Column<T>(List<Leaf> leaves, Func<Leaf, T> value) => [.. leaves.Select(value)];

    private static long? Number(Leaf leaf, string name) =>
        long.TryParse(leaf.Entry.Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
