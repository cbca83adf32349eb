using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What rests on messages whose final source blocks are gone, by what became of it.</summary>
internal static class Exposure
{
    private sealed record Line(string Stage, AssetId Asset, UInt128 Amount, ulong Messages, Sequence First, Sequence Last);

    private const string Query =
        """
        SELECT CASE WHEN status = 'Finalized' THEN 'not certified' WHEN status IN ('Certified', 'Submitted') THEN 'certified, not delivered' ELSE 'delivered' END,
            asset_id, sum(amount), count(*), min(sequence), max(sequence) FROM message
        WHERE source_chain = $1 AND destination_chain = $2 AND block_height > $3 AND status NOT IN ('Observed', 'Orphaned') GROUP BY 1, 2 ORDER BY 1 DESC, 2
        """;

    /// <summary>Halts a lane, in the words of a person who must judge what was lost.</summary>
    /// <param name="above">Height of the last block that is still there.</param>
    /// <param name="what">Which block vanished.</param>
    public static async Task HaltAsync(NpgsqlConnection connection, Lane lane, ulong above, string what, CancellationToken ct)
    {
        var lines = await connection.QueryAsync(
            Query, row => new Line(row.GetString(0), new AssetId((uint)row.GetInt64(1)), row.Amount(2), row.Number(3), row.Sequence(4), row.Sequence(5)),
            ct, lane.Source, lane.Destination, above);
        await HaltStore.HaltAsync(connection, lane, HaltCodes.FinalBlockVanished, $"{what}. {Describe(lines)}", ct);
    }

    private static string Describe(List<Line> lines)
    {
        if (lines.Count == 0) return "No final message of this lane was in what vanished; the source's finality cannot be relied on";
        var range = $"messages {lines.Min(l => l.First)} to {lines.Max(l => l.Last)}";
        var stages = lines.GroupBy(l => l.Stage).Select(stage =>
            $"{stage.Key}: {stage.Aggregate(0UL, (sum, l) => sum + l.Messages)} ({string.Join(", ", stage.Select(l => $"asset {l.Asset}: {l.Amount}"))})");
        return $"Exposed are {range}, in base units: {string.Join("; ", stages)}";
    }
}
