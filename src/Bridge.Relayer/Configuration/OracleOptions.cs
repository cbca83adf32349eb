using System.Globalization;

namespace Bridge.Relayer.Configuration;

/// <summary>What quotes are made of, read from the chains by the role relay.</summary>
public sealed record OracleOptions
{
    /// <summary>Seconds between two looks at gas prices. 1 to 3600.</summary>
    public int IntervalSeconds { get; init; } = 5;

    /// <summary>By asset id and chain name: base units of the asset that 10^18 wei of the chain's coin are worth, as a decimal text.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Prices { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Null where the configuration says nothing.</summary>
    public UInt128? Price(uint asset, string chain) =>
        Prices.TryGetValue(asset.ToString(CultureInfo.InvariantCulture), out var chains) && chains.TryGetValue(chain, out var text) && TryPrice(text, out var price) ? price : null;

    internal static bool TryPrice(string text, out UInt128 price) => UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out price) && price > 0;

    internal IEnumerable<string> Faults(IEnumerable<string> chainNames)
    {
        if (IntervalSeconds is < 1 or > 3600) yield return "IntervalSeconds: 1 to 3600.";
        foreach (var (asset, chains) in Prices)
        {
            if (!uint.TryParse(asset, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0) yield return $"Prices: '{asset}' is not an asset's id.";
            foreach (var (chain, price) in chains)
            {
                if (!chainNames.Contains(chain)) yield return $"Prices:{asset}:{chain}: Bridge:Chains has no chain of that name.";
                if (!TryPrice(price, out _)) yield return $"Prices:{asset}:{chain}: '{price}' is not a whole number of base units above 0.";
            }
        }
    }
}
