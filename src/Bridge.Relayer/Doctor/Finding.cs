namespace Bridge.Relayer.Doctor;

public enum Verdict
{
    Good,

    /// <summary>The node runs, and less safely or less well than it could.</summary>
    Warning,

    /// <summary>The node does not do its work, or must not.</summary>
    Bad,
}

/// <summary>What one look found.</summary>
/// <param name="Check">What was looked at, such as "chain base: https://rpc.example:443".</param>
/// <param name="Fix">What to do about it, in one line; null where nothing is to be done.</param>
public sealed record Finding(string Check, Verdict Verdict, string Said, string? Fix)
{
    public static Finding Good(string check, string said) => new(check, Verdict.Good, said, null);

    public static Finding Warning(string check, string said, string fix) => new(check, Verdict.Warning, said, fix);

    public static Finding Bad(string check, string said, string fix) => new(check, Verdict.Bad, said, fix);
}

/// <summary>Looks at one part of a node, and changes nothing.</summary>
public interface IExamination
{
    /// <summary>Named when the look itself fails.</summary>
    string Name { get; }

    /// <summary>What to do when the look itself fails.</summary>
    string Fix { get; }

    Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct);
}
