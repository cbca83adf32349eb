namespace Bridge.Audit;

public enum LawState
{
    Ok,
    Violated,

    /// <summary>The evidence does not say; never to be read as ok.</summary>
    Undecided,
}

/// <summary>One of the ten laws, decided.</summary>
/// <param name="Law">L1 to L10.</param>
/// <param name="Detail">What was counted where the law holds, else the evidence.</param>
public sealed record LawVerdict(string Law, string Name, LawState State, IReadOnlyList<string> Detail)
{
    private const int Shown = 20;

    public static LawVerdict Of(string law, string name, IReadOnlyList<string> violations, string counted, IReadOnlyList<string>? undecided = null) =>
        violations.Count > 0 ? new LawVerdict(law, name, LawState.Violated, Shorten(violations))
        : undecided is { Count: > 0 } ? new LawVerdict(law, name, LawState.Undecided, Shorten(undecided))
        : new LawVerdict(law, name, LawState.Ok, [counted]);

    /// <summary>Undecided for these reasons, if there are any: what looks violated may only be seen too early.</summary>
    public LawVerdict Unless(IReadOnlyList<string> reasons) => reasons.Count == 0 ? this : this with { State = LawState.Undecided, Detail = Shorten(reasons) };

    public override string ToString() => $"{Law} {Name}: {(State is LawState.Violated ? "VIOLATED" : State is LawState.Undecided ? "undecided" : "ok")}, {string.Join("; ", Detail)}";

    private static IReadOnlyList<string> Shorten(IReadOnlyList<string> lines) =>
        lines.Count <= Shown ? lines : [.. lines.Take(Shown), $"and {lines.Count - Shown} more"];
}
