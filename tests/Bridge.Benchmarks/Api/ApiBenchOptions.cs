using System.Globalization;

namespace Bridge.Benchmarks.Api;

/// <param name="Transfers">In the database.</param>
/// <param name="Rate">Status reads in a second.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Followers">Streams at once.</param>
/// <param name="Json">One array of results in the place of the text.</param>
internal sealed record ApiBenchOptions(int Transfers, int Rate, int Seconds, int Followers, bool Json)
{
    public const string Usage = "[--transfers N] [--rate N] [--seconds N] [--followers N] [--quick] [--json]";

    private static readonly ApiBenchOptions Full = new(1_000_000, 300, 60, 1000, false);
    private static readonly ApiBenchOptions Quick = new(20_000, 300, 5, 100, false);

    /// <summary>Null where an argument is unknown or its number too small: each transfer of a follower is one of them.</summary>
    public static ApiBenchOptions? TryRead(string[] arguments)
    {
        var options = arguments.Contains("--quick") ? Quick : Full;
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] is "--quick") continue;
            if (arguments[at] is "--json")
            {
                options = options with { Json = true };
                continue;
            }
            if (at + 1 == arguments.Length || !int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
            if (options.With(arguments[at], number) is not { } changed) return null;
            (options, at) = (changed, at + 1);
        }
        return options.Transfers >= Filling.Lanes * options.Followers ? options : null;
    }

    private ApiBenchOptions? With(string name, int number) => name switch
    {
        "--transfers" => this with { Transfers = number },
        "--rate" => this with { Rate = number },
        "--seconds" => this with { Seconds = number },
        "--followers" => this with { Followers = number },
        _ => null,
    };
}
