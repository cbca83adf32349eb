namespace Bridge.Relayer.Configuration;

/// <summary>When the submitter moves the least fees of routes; its account needs the role FEE_ORACLE for that.</summary>
public sealed record FeeOptions
{
    /// <summary>Percent by which a fee must have moved from the one on chain before that is set again. 1 to 1000; 0: none is ever set.</summary>
    public int ChangePercent { get; init; }

    /// <summary>Seconds between two settings of one route's fees. 1 to 604,800.</summary>
    public int IntervalSeconds { get; init; } = 3600;

    internal IEnumerable<string> Faults()
    {
        if (ChangePercent is < 0 or > 1000) yield return "Fees:ChangePercent: 1 to 1000, or 0 for never.";
        if (IntervalSeconds is < 1 or > 604_800) yield return "Fees:IntervalSeconds: 1 to 604800.";
    }
}
