using System.Text.Json;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="TreeSize">The leaves below it are all that the rows are made of.</param>
public sealed record ExportRequest(string Format, ExportFilter Filter, IReadOnlyList<string> Columns, ulong TreeSize)
{
    public static readonly IReadOnlyList<string> Formats = ["csv", "jsonl"];
}

/// <summary>
/// Transfers as the log told them up to a size, in the order in which they were told: the same request has the same bytes whatever has come since.
/// </summary>
internal sealed class TransferExport(NpgsqlConnection connection, ExportRequest request)
{
    private const int Page = 500;

    private sealed record Leaf(ulong Index, Hash32 Hash, Hash32? MessageId, AuditEntry Entry);

    /// <summary>Pages of whole lines; the header of a CSV is one by itself.</summary>
    public async IAsyncEnumerable<(string Text, int Rows)> LinesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (request.Format == "csv") yield return (string.Join(',', request.Columns) + "\r\n", 0);
        var directory = await ExportDirectory.ReadAsync(connection, request.TreeSize, ct);
        for (var last = -1L; await SentAsync(last, ct) is { Count: > 0 } sent; last = (long)sent[^1].Index)
        {
            var rows = (await RowsAsync(sent, directory, ct)).Where(request.Filter.Takes).ToList();
            yield return (string.Concat(rows.Select(Line)), rows.Count);
        }
    }

    private async Task<IReadOnlyList<TransferRow>> RowsAsync(List<Leaf> sent, ExportDirectory directory, CancellationToken ct)
    {
        var own = (await LeavesAsync("message_id = ANY ($2)", ct, [sent.Select(leaf => leaf.MessageId!.Value.ToArray()).ToArray()])).ToLookup(leaf => leaf.MessageId!.Value);
        var lanes = new Dictionary<string, LaneLeaves>();
        foreach (var lane in sent.GroupBy(leaf => LaneOf(leaf.Entry))) lanes[lane.Key] = await LaneAsync([.. lane], ct);
        var rows = new List<TransferRow>();
        // A message that a rebuild took away and brought back has one row, at its first leaf that still stands.
        foreach (var leaf in sent.Where(leaf => leaf.Index == own[leaf.MessageId!.Value].Last(l => l.Entry is { Kind: "message", Change: "insert" }).Index))
        {
            var leaves = own[leaf.MessageId!.Value].Where(l => l.Entry.Kind is "message" or "transition").ToList();
            if (leaves.Last(l => l.Entry.Kind == "message").Entry.Change == "delete") continue;
            var (sequence, lane) = (Number(leaf.Entry, "sequence"), lanes[LaneOf(leaf.Entry)]);
            rows.Add(TransferRow.Of(
                [.. leaves.Where(l => l.Entry.Change != "delete").Select(l => (l.Index, l.Hash, l.Entry))],
                [.. lane.Events.Where(e => Number(e, "firstSequence") <= sequence && sequence <= Number(e, "lastSequence"))],
                lane.Certificates.Where(c => Number(c, "sequence") >= sequence).MinBy(c => Number(c, "sequence")),
                own[leaf.MessageId!.Value].LastOrDefault(l => l.Entry.Kind == "compliance_reference")?.Entry, directory));
        }
        return rows;
    }

    private sealed record LaneLeaves(IReadOnlyList<AuditEntry> Events, IReadOnlyList<AuditEntry> Certificates);

    private async Task<LaneLeaves> LaneAsync(List<Leaf> sent, CancellationToken ct)
    {
        var (from, to) = (sent.Min(leaf => Number(leaf.Entry, "sequence")), sent.Max(leaf => Number(leaf.Entry, "sequence")));
        var events = new Dictionary<string, Leaf>();
        // Whoever went with a reorg is told to have gone.
        foreach (var leaf in await OfLaneAsync("delivery_event", sent[0].Entry, from, to, ct))
            if (leaf.Entry.Change == "delete") events.Remove(leaf.Entry.Key);
            else events[leaf.Entry.Key] = leaf;
        return new LaneLeaves([.. events.Values.OrderBy(leaf => leaf.Index).Select(leaf => leaf.Entry)], [.. (await OfLaneAsync("certificate", sent[0].Entry, from, to, ct)).Select(leaf => leaf.Entry)]);
    }

    /// <summary>What ends in the range, and what ends first behind it: one delivery, or one certificate, may reach over its end.</summary>
    private async Task<IReadOnlyList<Leaf>> OfLaneAsync(string kind, AuditEntry message, ulong from, ulong to, CancellationToken ct)
    {
        object?[] lane = [kind, Sql.Big(Number(message, "sourceChain")), Sql.Big(Number(message, "destinationChain"))];
        const string OfLane = "kind = $2 AND kind IN ('delivery_event', 'certificate') AND source_chain = $3 AND destination_chain = $4";
        var next = (await connection.QueryAsync(
            $"SELECT last_sequence FROM log_entry WHERE leaf_index < $1 AND {OfLane} AND last_sequence > $5 AND ($2 = 'certificate' OR first_sequence <= $5) ORDER BY last_sequence LIMIT 1",
            row => row.Number(0), ct, [request.TreeSize, .. lane, to])).SingleOrDefault(to);
        return await LeavesAsync($"{OfLane} AND last_sequence BETWEEN $5 AND $6", ct, [.. lane, from, next]);
    }

    private Task<List<Leaf>> SentAsync(long after, CancellationToken ct) => connection.QueryAsync(
        $"SELECT leaf_index, leaf_hash, message_id, entry FROM log_entry WHERE kind = 'message' AND change = 'insert' AND leaf_index > $1 AND leaf_index < $2 ORDER BY leaf_index LIMIT {Page}",
        ReadLeaf, ct, after, request.TreeSize);

    private Task<List<Leaf>> LeavesAsync(string where, CancellationToken ct, params object?[] values) => connection.QueryAsync(
        $"SELECT leaf_index, leaf_hash, message_id, entry FROM log_entry WHERE leaf_index < $1 AND {where} ORDER BY leaf_index", ReadLeaf, ct, [request.TreeSize, .. values]);

    private static Leaf ReadLeaf(NpgsqlDataReader row) => new(row.Number(0), row.Hash(1), row.IsDBNull(2) ? null : row.Hash(2), AuditEntry.Parse(row.GetString(3)));

    private string Line(TransferRow row) => request.Format == "csv"
        ? string.Join(',', request.Columns.Select(column => ExportColumns.Csv(row[column]))) + "\r\n"
        : CanonicalJson.Write(JsonSerializer.SerializeToElement(request.Columns.ToDictionary(column => column, column => row[column]))) + "\n";

    private static string LaneOf(AuditEntry message) => $"{message.Value("sourceChain")}:{message.Value("destinationChain")}";

    private static ulong Number(AuditEntry entry, string member) => ulong.Parse(entry.Value(member)!, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}
