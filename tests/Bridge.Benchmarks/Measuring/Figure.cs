using System.Globalization;
using System.Text.Json.Nodes;

namespace Bridge.Benchmarks.Measuring;

/// <summary>One measured rate, a median, beside what bounds it in the same run.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Unit">Of the rate, as in JSON: <c>messagesPerSecond</c>.</param>
/// <param name="Pairs">Of each round: the rate, and the bound's.</param>
/// <param name="Bound">What bounds it.</param>
/// <param name="Target">In words; null where there is none.</param>
/// <param name="IsMet">By the medians of the rates and of their ratios.</param>
internal sealed record Figure(string Row, string Unit, IReadOnlyList<RatePair> Pairs, string Bound, string? Target, Func<double, double, bool>? IsMet)
{
    public double Rate { get; } = Median.Of(Pairs.Select(pair => pair.Rate));

    public double BoundRate { get; } = Median.Of(Pairs.Select(pair => pair.Bound));

    /// <summary>The median of the rounds' own ratios: a neighbour that slows a whole round down leaves it as it is.</summary>
    public double Ratio { get; } = Median.Of(Pairs.Select(pair => pair.Rate / pair.Bound));

    public bool Met => IsMet?.Invoke(Rate, Ratio) ?? true;

    public override string ToString()
    {
        var target = Target is null ? "" : $"; target {Target}: {(Met ? "met" : "missed")}";
        return string.Create(CultureInfo.InvariantCulture, $"{Row,-44} {Rate,12:N0} {Words(Unit)}, {Ratio,6:P1} of {Bound} ({BoundRate:N0}){target}");
    }

    public JsonObject ToJson() => new()
    {
        ["row"] = Row, [Unit] = Math.Round(Rate), ["rounds"] = Pairs.Count, ["bound"] = Bound, ["boundPerSecond"] = Math.Round(BoundRate), ["ratio"] = Math.Round(Ratio, 3), ["target"] = Target, ["met"] = Target is null ? null : Met,
    };

    /// <summary>"messagesPerSecond" as "messages/s".</summary>
    private static string Words(string unit) => unit.Replace("PerSecond", "/s", StringComparison.Ordinal);
}

/// <summary>Two rates that were measured one behind the other.</summary>
internal readonly record struct RatePair(double Rate, double Bound);
