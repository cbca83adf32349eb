using System.Globalization;
using System.Text.Json;

namespace Bridge.Benchmarks.Growth;

/// <param name="Milliseconds">Of each step.</param>
internal sealed record SizedSteps(int Transfers, IReadOnlyDictionary<string, double> Milliseconds);

/// <summary>What was measured beside each number of transfers, and how many times as much as beside the fewest.</summary>
internal static class GrowthReport
{
    private const double Target = 1.3;

    /// <param name="measured">The fewest first; the same steps in each.</param>
    /// <returns>Lines, or one JSON object.</returns>
    public static string Of(IReadOnlyList<SizedSteps> measured, bool json)
    {
        var steps = measured[0].Milliseconds.Keys.ToList();
        if (json)
            return JsonSerializer.Serialize(new
            {
                rows = steps.SelectMany(step => measured.Select(size => new { step, size.Transfers, milliseconds = Math.Round(size.Milliseconds[step], 2), ratio = Math.Round(Ratio(size, step), 3), met = Ratio(size, step) <= Target })),
                target = Target,
            }, JsonSerializerOptions.Web);

        var lines = steps.Select(step => $"{step,-26}" + string.Concat(measured.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Milliseconds[step],10:0.00} ms {Ratio(size, step),5:0.00}"))));
        var head = $"{"transfers",-26}" + string.Concat(measured.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Transfers,13} times")));
        var missed = steps.Where(step => measured.Any(size => Ratio(size, step) > Target)).ToList();
        var worst = steps.Max(step => measured.Max(size => Ratio(size, step)));
        return string.Create(CultureInfo.InvariantCulture,
            $"{head}\n{string.Join('\n', lines)}\ngrowth: at most {worst:0.00} times as long beside {measured[^1].Transfers} transfers as beside {measured[0].Transfers} (target {Target}: {(missed.Count == 0 ? "met" : "missed by " + string.Join(", ", missed))})");

        double Ratio(SizedSteps size, string step) => size.Milliseconds[step] / measured[0].Milliseconds[step];
    }
}
