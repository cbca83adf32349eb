namespace Bridge.Relayer.Configuration;

/// <summary>What one process of <c>bridge</c> can do, in any combination.</summary>
public static class Roles
{
    public const string Watch = "watch";
    public const string Attest = "attest";
    public const string Relay = "relay";
    public const string Execute = "execute";
    public const string Audit = "audit";

    public const string Submit = "submit";
    public const string Sponsor = "sponsor";
    public const string Log = "log";

    /// <summary>What a process does that is told nothing else: an organisation's own part of the bridge.</summary>
    public static readonly IReadOnlyList<string> All = [Watch, Attest, Relay, Execute, Audit];

    /// <summary>With what is done for others and has an account of its own.</summary>
    public static readonly IReadOnlyList<string> Known = [.. All, Submit, Sponsor, Log];
}
