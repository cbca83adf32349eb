namespace Bridge.Core;

/// <summary>A message as the ledger sees it.</summary>
public readonly record struct LedgerEntry(Lane Lane, AssetId Asset, UInt128 Amount);

/// <summary>
/// Per chain and asset, what came in less what went out. Only an asset's home chain may send more than it received: everywhere else
/// the tokens exist because they came in.
/// </summary>
public sealed class Ledger(IReadOnlyDictionary<AssetId, ChainId> homes)
{
    private readonly Dictionary<(ChainId, AssetId), UInt128> _balances = [];

    public UInt128 Balance(ChainId chain, AssetId asset) => _balances.GetValueOrDefault((chain, asset));

    /// <summary>Null when booked; otherwise why the entry must not be attested, and nothing is booked.</summary>
    public string? TryBook(LedgerEntry entry)
    {
        if (!homes.TryGetValue(entry.Asset, out var home)) return $"asset {entry.Asset} has no known home chain";
        var balance = Balance(entry.Lane.Source, entry.Asset);
        if (entry.Lane.Source != home)
        {
            if (entry.Amount > balance)
                return $"chain {entry.Lane.Source} would have sent out {entry.Amount - balance} base units of asset {entry.Asset} more than came in";
            _balances[(entry.Lane.Source, entry.Asset)] = balance - entry.Amount;
        }
        if (entry.Lane.Destination != home)
            _balances[(entry.Lane.Destination, entry.Asset)] = checked(Balance(entry.Lane.Destination, entry.Asset) + entry.Amount);
        return null;
    }
}
