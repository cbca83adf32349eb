namespace Bridge.Relayer.Configuration;

/// <summary>What one process of <c>bridge</c> can do, in any combination.</summary>
public static class Roles
{
    public const string Watch = "watch";
    public const string Attest = "attest";
    public const string Relay = "relay";
    public const string Execute = "execute";
    public const string Audit = "audit";

    public static readonly IReadOnlyList<string> All = [Watch, Attest, Relay, Execute, Audit];
}
