using System.Globalization;

namespace Bridge.Benchmarks.History;

/// <param name="Transfers">In the database.</param>
/// <param name="Requests">For each filter.</param>
/// <param name="Json">One array of results in the place of the text.</param>
internal sealed record HistoryBenchOptions(int Transfers, int Requests, bool Json)
{
    public const string Usage = "[--transfers N] [--requests N] [--quick] [--json]";

    /// <summary>Null where an argument is unknown or its number too small.</summary>
    public static HistoryBenchOptions? TryRead(string[] arguments)
    {
        var options = arguments.Contains("--quick") ? new HistoryBenchOptions(20_000, 20, false) : new HistoryBenchOptions(10_000_000, 200, false);
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] is "--quick") continue;
            if (arguments[at] is "--json") options = options with { Json = true };
            else if (at + 1 < arguments.Length && (arguments[at] is "--transfers" or "--requests") && int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                options = arguments[at++] is "--transfers" ? options with { Transfers = number } : options with { Requests = number };
            else return null;
        }
        return options.Transfers >= 6000 ? options : null;
    }
}
