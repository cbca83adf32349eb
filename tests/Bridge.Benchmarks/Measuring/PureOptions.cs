namespace Bridge.Benchmarks.Measuring;

/// <summary>Of a bench that needs nothing but processors.</summary>
internal sealed record PureOptions(Rounds Rounds, bool Json)
{
    public const string Usage = "[--quick] [--json]";

    /// <summary>Null where an argument is unknown.</summary>
    public static PureOptions? TryRead(string[] arguments) =>
        arguments.Except(["--quick", "--json"]).Any() ? null : new PureOptions(arguments.Contains("--quick") ? Rounds.Quick : Rounds.Full, arguments.Contains("--json"));
}
