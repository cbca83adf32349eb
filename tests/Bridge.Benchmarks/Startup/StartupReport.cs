using System.Globalization;
using System.Text.Json;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.Startup;

/// <summary>What was measured, beside its targets: medians, in seconds.</summary>
internal static class StartupReport
{
    private const double Target = 1.5;

    /// <summary>How many times as long a start may take beside many transfers and still count as the same.</summary>
    private const double Same = 1.1;

    private sealed record Row(string Program, double Empty, double Filled)
    {
        public double Ratio { get; } = Filled / Empty;

        public bool IsFast => Math.Max(Empty, Filled) <= Target;

        public bool IsSame => Ratio <= Same;

        public string Words(int transfers) => string.Create(CultureInfo.InvariantCulture,
            $"{Program}: ready after {Empty:0.00} s, with {transfers} transfers {Filled:0.00} s (target {Target} s: {Say(IsFast)}), {Ratio:0.00} times (target {Same}: {Say(IsSame)})");

        public object Json() => new { empty = Math.Round(Empty, 3), filled = Math.Round(Filled, 3), ratio = Math.Round(Ratio, 3), met = new { seconds = IsFast, ratio = IsSame } };

        private static string Say(bool met) => met ? "met" : "missed";
    }

    /// <returns>Lines, or one JSON object.</returns>
    public static string Of(int transfers, IReadOnlyList<StartTimes> empty, IReadOnlyList<StartTimes> filled, bool json)
    {
        var (relayer, api) = (RowOf("relayer", times => times.Relayer), RowOf("API", times => times.Api));
        var verb = Median.Of(empty.Concat(filled).Select(times => times.Verb));
        if (json)
            return JsonSerializer.Serialize(new { transfers, rounds = empty.Count, verb = Math.Round(verb, 3), relayer = relayer.Json(), api = api.Json(), targets = new { seconds = Target, ratio = Same } }, JsonSerializerOptions.Web);
        return string.Create(CultureInfo.InvariantCulture, $"{relayer.Words(transfers)}\n{api.Words(transfers)}\nstartup: medians of {empty.Count}; a verb that only prints the version takes {verb:0.00} s from its process's start to its end");

        Row RowOf(string program, Func<StartTimes, double> pick) => new(program, Median.Of(empty.Select(pick)), Median.Of(filled.Select(pick)));
    }
}
