namespace Bridge.Core;

/// <summary>What one lane carried of one asset, in base units of that asset.</summary>
public readonly record struct LedgerEntry(Lane Lane, AssetId Asset, UInt128 Amount);

/// <summary>A chain that would have sent out more of an asset than ever came in.</summary>
public readonly record struct Overdraft(ChainId Chain, AssetId Asset, UInt128 Missing)
{
    public override string ToString() => $"chain {Chain} would have sent out {Missing} base units of asset {Asset} more than came in";
}

/// <summary>
/// Only an asset's home chain may send more than it received: everywhere else the tokens exist because they came in. Order does not
/// matter for sums, so entries may be totals.
/// </summary>
public static class Ledger
{
    /// <param name="homes">The chain on which each asset is locked. An asset that is missing here is overdrawn by all that it sent.</param>
    public static IReadOnlyList<Overdraft> Overdrafts(IEnumerable<LedgerEntry> entries, IReadOnlyDictionary<AssetId, ChainId> homes)
    {
        var received = new Dictionary<(ChainId, AssetId), UInt128>();
        var sent = new Dictionary<(ChainId Chain, AssetId Asset), UInt128>();
        foreach (var entry in entries)
        {
            Add(received, (entry.Lane.Destination, entry.Asset), entry.Amount);
            Add(sent, (entry.Lane.Source, entry.Asset), entry.Amount);
        }

        return
        [
            .. from outflow in sent
               where !(homes.TryGetValue(outflow.Key.Asset, out var home) && home == outflow.Key.Chain)
               let inflow = received.GetValueOrDefault(outflow.Key)
               where outflow.Value > inflow
               orderby outflow.Key.Chain, outflow.Key.Asset.Value
               select new Overdraft(outflow.Key.Chain, outflow.Key.Asset, outflow.Value - inflow),
        ];
    }

    private static void Add(Dictionary<(ChainId, AssetId), UInt128> sums, (ChainId, AssetId) key, UInt128 amount) =>
        sums[key] = checked(sums.GetValueOrDefault(key) + amount);
}
