using System.Globalization;
using Bridge.Benchmarks.Measuring;
using Bridge.Benchmarks.Reading;

namespace Bridge.Benchmarks.Ingest;

/// <summary>How fast the logs of a real chain become rows and a cursor, beside a bare COPY of the same rows.</summary>
internal static class IngestBench
{
    private const int Rounds = 5;
    private const double Target = 0.6;

    /// <returns>0: a missed target is a result.</returns>
    public static async Task<int> RunAsync(string config, bool json)
    {
        var options = Readers.Options(config);
        var rounds = new List<IngestRound>();
        await Console.Error.WriteLineAsync(Report.Machine());
        for (var n = 0; n <= Rounds; n++)
        {
            var round = await IngestRound.RunAsync(options);
            if (n > 0) rounds.Add(round); // In the first code is compiled.
        }
        var pairs = rounds.Select(round => new RatePair(round.Messages / (round.Read + round.Recorded).TotalSeconds, round.Messages / round.Copied.TotalSeconds));
        Print(new Figure("logs to rows and cursor", "messagesPerSecond", [.. pairs], "a bare COPY", "60 %", (_, ratio) => ratio >= Target), rounds, json);
        return 0;
    }

    private static void Print(Figure figure, IReadOnlyList<IngestRound> rounds, bool json)
    {
        var (messages, read, recorded) = (rounds[0].Messages, Median.Of(rounds.Select(round => round.Read.TotalMilliseconds)), Median.Of(rounds.Select(round => round.Recorded.TotalMilliseconds)));
        if (json)
        {
            var all = figure.ToJson();
            (all["messages"], all["readMilliseconds"], all["recordMilliseconds"]) = (messages, Math.Round(read), Math.Round(recorded));
            Console.WriteLine(all.ToJsonString());
            return;
        }
        Console.WriteLine(figure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ingest: {messages} messages, of ours {read:0} ms for the node's answers and their decoding, {recorded:0} ms for the database; medians of {rounds.Count} rounds"));
    }
}
