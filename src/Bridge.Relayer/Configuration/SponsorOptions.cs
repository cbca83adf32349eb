using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Configuration;

/// <summary>The key that approves operations for which paymasters pay, and how much it approves.</summary>
public sealed record SponsorOptions : KeyOptions
{
    /// <summary>EntryPoint 0.8, which stands at one address everywhere.</summary>
    private const string EntryPoint08 = "0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108";

    /// <summary>TransferPaymaster contracts by chain name.</summary>
    public IReadOnlyDictionary<string, string> Paymasters { get; init; } = new Dictionary<string, string>();

    /// <summary>Their EntryPoints by chain name, where it is not the usual one.</summary>
    public IReadOnlyDictionary<string, string> EntryPoints { get; init; } = new Dictionary<string, string>();

    /// <summary>Gwei that one account's operations may cost on one chain within 24 hours. 1 to 10^12.</summary>
    public ulong AccountGwei { get; init; } = 5_000_000;

    /// <summary>The same of all accounts together. 1 to 10^12.</summary>
    public ulong TotalGwei { get; init; } = 200_000_000;

    /// <summary>Seconds for which an approval can be used. 60 to 600.</summary>
    public int ValidSeconds { get; init; } = 300;

    internal SponsorBudget Budget => new((UInt128)AccountGwei * GasFees.Gwei, (UInt128)TotalGwei * GasFees.Gwei);

    /// <summary>Null where none is configured.</summary>
    internal Paymaster? PaymasterOn(ChainId chain, string name) =>
        Paymasters.TryGetValue(name, out var contract) ? new Paymaster(chain, Address.Parse(contract), Address.Parse(EntryPoints.GetValueOrDefault(name, EntryPoint08))) : null;

    internal IEnumerable<string> Faults(IEnumerable<string> chainNames)
    {
        if (Paymasters.Count == 0) yield return "Paymasters: missing. Give the address of the TransferPaymaster on at least one chain.";
        foreach (var (key, addresses) in new[] { (nameof(Paymasters), Paymasters), (nameof(EntryPoints), EntryPoints) })
            foreach (var (name, address) in addresses)
            {
                if (!chainNames.Contains(name)) yield return $"{key}:{name}: Bridge:Chains has no chain of that name.";
                if (!Address.TryParse(address, out var parsed) || parsed.IsZero) yield return $"{key}:{name}: '{address}' is not a contract's address.";
            }
        if (AccountGwei is < 1 or > 1_000_000_000_000) yield return "AccountGwei: 1 to 1000000000000.";
        if (TotalGwei is < 1 or > 1_000_000_000_000) yield return "TotalGwei: 1 to 1000000000000.";
        if (ValidSeconds is < 60 or > 600) yield return "ValidSeconds: 60 to 600.";
    }
}
