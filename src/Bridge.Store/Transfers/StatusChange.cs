using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Halted">A verdict was Halt; the lane is halted in the same commit.</param>
public sealed record ApplyResult(int Applied, int Duplicate, int TooEarly, bool Halted)
{
    public static readonly ApplyResult None = new(0, 0, 0, false);

    public ApplyResult With(ApplyResult other) =>
        new(Applied + other.Applied, Duplicate + other.Duplicate, TooEarly + other.TooEarly, Halted || other.Halted);
}

/// <summary>Locks rows, asks the state machine about each, and writes the new status with its transition: inside the caller's transaction.</summary>
internal static class StatusChange
{
    private const string Columns = "SELECT message_id, sequence, status, extract(epoch FROM clock_timestamp() - updated_at)::float8 FROM message WHERE source_chain = $1 AND destination_chain = $2";

    /// <summary>The canonical messages of a range, in order.</summary>
    /// <param name="except">A status that this event does not concern: a dropped submission takes nothing back that somebody else delivered.</param>
    public static Task<ApplyResult> ApplyAsync(
        NpgsqlConnection connection, Lane lane, Sequence first, Sequence last, TransferEvent happened, string? detail, CancellationToken ct,
        TransferStatus except = TransferStatus.Orphaned) =>
        ApplyAsync(connection, lane, happened, detail,
            $"{Columns} AND sequence BETWEEN $3 AND $4 AND status <> 'Orphaned' AND status <> $5 ORDER BY sequence FOR UPDATE", ct,
            lane.Source, lane.Destination, first, last, except);

    public static Task<ApplyResult> ApplyToAsync(
        NpgsqlConnection connection, Lane lane, Hash32 messageId, TransferEvent happened, string? detail, CancellationToken ct) =>
        ApplyAsync(connection, lane, happened, detail, $"{Columns} AND message_id = $3 FOR UPDATE", ct, lane.Source, lane.Destination, messageId);

    /// <summary>What a reorg of the source removed: everything sent above a height.</summary>
    public static Task<ApplyResult> OrphanAsync(NpgsqlConnection connection, Lane lane, ulong above, string? detail, CancellationToken ct) =>
        ApplyAsync(connection, lane, TransferEvent.SourceOrphaned, detail,
            $"{Columns} AND block_height > $3 AND status <> 'Orphaned' ORDER BY sequence FOR UPDATE", ct, lane.Source, lane.Destination, above);

    private static async Task<ApplyResult> ApplyAsync(
        NpgsqlConnection connection, Lane lane, TransferEvent happened, string? detail, string select, CancellationToken ct, params object?[] values)
    {
        var rows = await connection.QueryAsync(select, row => (Id: row.Hash(0), Sequence: row.Sequence(1), Status: Enum.Parse<TransferStatus>(row.GetString(2)), Seconds: row.GetDouble(3)), ct, values);
        var decided = rows.Select(row => (row.Id, row.Sequence, row.Status, row.Seconds, Decision: TransferMachine.Decide(row.Status, happened))).ToList();
        var applied = decided.Where(row => row.Decision.Verdict is Verdict.Applied).ToList();
        if (applied.Count > 0)
        {
            var ids = applied.Select(row => row.Id.ToArray()).ToArray();
            var now = applied.Select(row => row.Status.ToString()).ToArray();
            var next = applied.Select(row => row.Decision.Next.ToString()).ToArray();
            // ANY, where = would do: by = the server may as well read the whole table beside what is changed, and does while it believes that to be cheaper.
            await connection.ExecuteAsync(
                "UPDATE message m SET status = c.next, updated_at = now() FROM unnest($1::bytea[], $2::text[]) AS c(id, next) WHERE m.message_id = ANY (ARRAY[c.id])", ct, ids, next);
            await connection.ExecuteAsync(
                "INSERT INTO transition (message_id, event, from_status, to_status, detail) SELECT c.id, $4, c.now, c.next, $5 FROM unnest($1::bytea[], $2::text[], $3::text[]) AS c(id, now, next)",
                ct, ids, now, next, happened.ToString(), detail);
            // Before the commit: a fault in between, after which all of this is done again, counts twice, and no figure depends on it.
            var name = new KeyValuePair<string, object?>("lane", lane.ToString());
            foreach (var row in applied) Measure(lane, name, row.Sequence, row.Id, row.Status, row.Decision.Next, row.Seconds);
        }
        var halted = decided.Where(row => row.Decision.Verdict is Verdict.Halt).ToList();
        if (halted.Count > 0)
        {
            var reason = $"{happened} for message {halted[0].Sequence} ({halted[0].Id}) in status {halted[0].Status}";
            await (happened is TransferEvent.SourceOrphaned
                ? HaltStore.HaltAsync(connection, lane, HaltCodes.FinalBlockVanished, reason, ct)
                : HaltStore.HaltOnceAsync(connection, lane, HaltCodes.DeliveryWithoutSource, reason, ct));
        }
        return new ApplyResult(
            applied.Count, decided.Count(row => row.Decision.Verdict is Verdict.Duplicate), decided.Count(row => row.Decision.Verdict is Verdict.TooEarly), halted.Count > 0);
    }

    private static void Measure(Lane lane, KeyValuePair<string, object?> name, Sequence sequence, Hash32 id, TransferStatus from, TransferStatus to, double seconds)
    {
        StoreMeter.StageSeconds.Record(Math.Max(0, seconds), name, new("stage", from.ToString()));
        StoreMeter.Transfers.Add(1, name, new("status", to.ToString()));
        var now = DateTimeOffset.UtcNow;
        TransferTrace.Write(to.ToString().ToLowerInvariant(), lane, sequence, id, now.AddSeconds(-Math.Max(0, seconds)), now);
    }
}
