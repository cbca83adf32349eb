using System.Buffers.Binary;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The newest final message of a lane, and the source block that holds it.</summary>
public sealed record LaneHead(Lane Lane, Hash32 LaneId, Sequence Sequence, Hash32 RollingHash, ulong Height, Hash32 BlockHash);

/// <summary>A lane's rows have a hole where none may be.</summary>
public sealed class MissingMessagesException(Lane lane, Sequence first, Sequence missing)
    : Exception($"lane {lane}: message {missing} is missing, wanted from {first} on");

/// <summary>A lane's messages and their status.</summary>
public sealed class TransferStore(NpgsqlDataSource source)
{
    private const string Canonical = "source_chain = $1 AND destination_chain = $2 AND status <> 'Orphaned'";

    // The same, in words that the index of sequences does not have: while a new database has no statistics, the server would walk a lane by that one to find a block.
    private const string CanonicalByBlock = "source_chain = $1 AND destination_chain = $2 AND (status = 'Orphaned') IS FALSE";

    public Task<ApplyResult> ApplyAsync(Lane lane, Sequence first, Sequence last, TransferEvent happened, string? detail, CancellationToken ct) =>
        source.InTransactionAsync(connection => StatusChange.ApplyAsync(connection, lane, first, last, happened, detail, ct), ct);

    /// <summary>Applies every stored fact again. Returns how many messages changed.</summary>
    public async Task<int> ReconcileAsync(CancellationToken ct)
    {
        var changed = 0;
        foreach (var lane in await LanesAsync(ct))
            changed += await source.InTransactionAsync(async connection => (await LaneProgress.CatchUpAsync(connection, lane, ct)).Applied, ct);
        return changed;
    }

    /// <summary>As <see cref="ReconcileAsync"/> for one lane.</summary>
    /// <param name="dryRun">Changes nothing, and says how many messages would.</param>
    public async Task<int> ReconcileAsync(Lane lane, bool dryRun, CancellationToken ct)
    {
        if (!dryRun) return await source.InTransactionAsync(async connection => (await LaneProgress.CatchUpAsync(connection, lane, ct)).Applied, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var undone = await connection.BeginTransactionAsync(ct);
        return (await LaneProgress.CatchUpAsync(connection, lane, ct)).Applied;
    }

    /// <summary>The end of the source block that holds a message, as a lane's head was when that block was the newest; null of one that is not known or orphaned.</summary>
    public async Task<(LaneHead End, TransferStatus Status)?> BlockEndAsync(Hash32 messageId, CancellationToken ct)
    {
        var found = await source.QueryAsync(
            """
            SELECT m.source_chain, m.destination_chain, l.lane_id, e.sequence, e.message_id, e.block_height, e.block_hash, m.status
            FROM message m JOIN lane l USING (source_chain, destination_chain) CROSS JOIN LATERAL (
                SELECT * FROM message e WHERE e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain AND e.block_height = m.block_height AND e.status <> 'Orphaned'
                ORDER BY e.sequence DESC LIMIT 1) e
            WHERE m.message_id = $1 AND m.status <> 'Orphaned'
            """, row => (new LaneHead(row.Lane(0, 1), row.Hash(2), row.Sequence(3), row.Hash(4), row.Number(5), row.Hash(6)), Enum.Parse<TransferStatus>(row.GetString(7))), ct, messageId);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Exact wire bytes, in order.</summary>
    /// <exception cref="MissingMessagesException">The range is not complete.</exception>
    public async Task<IReadOnlyList<byte[]>> WiresAsync(Lane lane, Sequence first, Sequence last, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            $"SELECT sequence, wire FROM message WHERE {Canonical} AND sequence BETWEEN $3 AND $4 ORDER BY sequence",
            row => (Sequence: row.Sequence(0), Wire: row.GetFieldValue<byte[]>(1)), ct, lane.Source, lane.Destination, first, last);
        var expected = first;
        foreach (var row in rows)
        {
            if (row.Sequence != expected) throw new MissingMessagesException(lane, first, expected);
            expected = expected.Next();
        }
        return expected.Value == last.Value + 1 ? [.. rows.Select(row => row.Wire)] : throw new MissingMessagesException(lane, first, expected);
    }

    /// <summary>The rolling hash at a sequence; at 0 the lane's id. Null when it is not known.</summary>
    public async Task<Hash32?> RollingHashAsync(Lane lane, Sequence sequence, CancellationToken ct)
    {
        var found = sequence == Sequence.None
            ? await source.QueryAsync("SELECT lane_id FROM lane WHERE source_chain = $1 AND destination_chain = $2", row => row.Hash(0), ct, lane.Source, lane.Destination)
            : await source.QueryAsync($"SELECT message_id FROM message WHERE {Canonical} AND sequence = $3", row => row.Hash(0), ct, lane.Source, lane.Destination, sequence);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The sequence at which the lane has this rolling hash; null when it is not known.</summary>
    public async Task<Sequence?> SequenceAsync(Lane lane, Hash32 rollingHash, CancellationToken ct)
    {
        // + 0: found by the message's id, and not by walking its lane.
        var found = await source.QueryAsync(
            $"""
            SELECT sequence FROM message WHERE message_id = $3 AND source_chain + 0 = $1 AND destination_chain + 0 = $2 AND status <> 'Orphaned'
            UNION ALL SELECT 0 FROM lane WHERE source_chain = $1 AND destination_chain = $2 AND lane_id = $3
            """, row => row.Sequence(0), ct, lane.Source, lane.Destination, rollingHash);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<LaneHead?> FinalizedHeadAsync(Lane lane, CancellationToken ct) => (await source.QueryAsync(
        $"""
        SELECT l.lane_id, m.sequence, m.message_id, m.block_height, m.block_hash FROM message m JOIN lane l USING (source_chain, destination_chain)
        WHERE {CanonicalByBlock} AND m.status <> 'Observed' AND m.block_height <= (SELECT finalized_height FROM chain_cursor WHERE chain_id = $1)
        ORDER BY m.block_height DESC, m.sequence DESC LIMIT 1
        """,
        row => new LaneHead(lane, row.Hash(0), row.Sequence(1), row.Hash(2), row.Number(3), row.Hash(4)), ct, lane.Source, lane.Destination)).SingleOrDefault();

    /// <summary>The last sequence sent at or below a source block; 0 if none.</summary>
    public async Task<Sequence> LastSentAsync(Lane lane, ulong height, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT COALESCE((SELECT sequence FROM message WHERE {CanonicalByBlock} AND block_height <= $3 ORDER BY block_height DESC, sequence DESC LIMIT 1), 0)",
        row => row.Sequence(0), ct, lane.Source, lane.Destination, height)).Single();

    /// <summary>The last sequence that is final at the destination, delivered or deferred; 0 if none.</summary>
    public async Task<Sequence> DeliveredAsync(Lane lane, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT COALESCE({Underway.First} - 1, (SELECT max(sequence) FROM message WHERE {Canonical}), 0)",
        row => row.Sequence(0), ct, lane.Source, lane.Destination)).Single();

    /// <summary>Where the messages up to <paramref name="last"/> stand, from the first one of the block that holds the one after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<PlacedMessage>> PlacedAsync(Lane lane, Sequence after, Sequence last, CancellationToken ct) => await source.QueryAsync(
        $"""
        SELECT sequence, block_height, octet_length(wire), CASE kind WHEN 3 THEN substring(wire FROM 78 FOR 4) END FROM message
        WHERE {CanonicalByBlock} AND sequence <= $4
            AND block_height >= (SELECT block_height FROM message WHERE {Canonical} AND sequence = $3 + 1) ORDER BY sequence
        """,
        row => new PlacedMessage(row.Sequence(0), row.Number(1), row.GetInt32(2), row.IsDBNull(3) ? 0 : BinaryPrimitives.ReadUInt32BigEndian(row.GetFieldValue<byte[]>(3))),
        ct, lane.Source, lane.Destination, after, last);

    public async Task<IReadOnlyList<Lane>> LanesAsync(CancellationToken ct) =>
        await source.QueryAsync("SELECT source_chain, destination_chain FROM lane ORDER BY 1, 2", row => row.Lane(0, 1), ct);
}
