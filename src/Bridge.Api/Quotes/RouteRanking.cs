using System.Globalization;
using Bridge.Core;

namespace Bridge.Api.Quotes;

/// <summary>Puts the best first, and says what is good about each.</summary>
internal static class RouteRanking
{
    public static IReadOnlyList<RouteBody> Rank(IReadOnlyList<RouteBody> routes, Preference preference)
    {
        if (routes.Count == 0) return routes;
        var (cheapest, fastest, safest) = (routes.Min(Cost), routes.Min(Time), routes.Min(Risk));
        return
        [
            .. routes.OrderBy(route => Key(route, preference)).ThenBy(Cost).ThenBy(Time).ThenBy(route => route.RouteId, StringComparer.Ordinal).Select(route => route with
            {
                Score = preference switch
                {
                    Preference.Fastest => Score(fastest, Time(route)),
                    Preference.Safest => Score(safest, Risk(route)),
                    _ => Score(cheapest, Cost(route)),
                },
                Why = [.. Why(route, cheapest, fastest, safest)],
            }),
        ];
    }

    private static double Key(RouteBody route, Preference preference) => preference switch
    {
        Preference.Fastest => Time(route),
        Preference.Safest => Risk(route),
        _ => Cost(route),
    };

    private static IEnumerable<string> Why(RouteBody route, double cheapest, double fastest, double safest)
    {
        yield return Cost(route) <= cheapest ? $"Cheapest: {route.Total.Amount} base units in all." : $"{route.Total.Amount} base units in all.";
        if (route.Eta.P50 is { } p50) yield return Time(route) <= fastest ? $"Fastest: half of the transfers took {p50} s or less." : $"Half of the transfers took {p50} s or less.";
        else yield return "How long it takes was not measured yet.";
        if (Risk(route) <= safest) yield return route.Legs.Count == 1 ? "One transfer, one signature set." : $"{route.Legs.Count} transfers behind each other.";
    }

    private static double Cost(RouteBody route) => (double)UInt128.Parse(route.Total.Amount, CultureInfo.InvariantCulture);

    /// <summary>A route that waits for others is slower than the same one that does not, whatever was measured.</summary>
    private static double Time(RouteBody route) => ((route.Eta.P50 ?? 3600) + (route.Warnings.Any(warning => warning.Code == "WAITS_FOR_OTHERS") ? 1 : 0)) * (route.Eta.P50 is null ? route.Legs.Count : 1);

    private static double Risk(RouteBody route) => route.Legs.Count + (route.Warnings.Count(warning => warning.Severity == "warning") * 0.1);

    private static int Score(double best, double own) => own <= 0 ? 100 : (int)Math.Clamp(Math.Round(100 * best / own), 1, 100);
}
