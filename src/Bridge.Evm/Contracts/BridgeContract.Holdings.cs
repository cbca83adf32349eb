using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An asset on one chain at one block, in base units.</summary>
/// <param name="Supply">Of the wrapped token; 0 where the asset is at home.</param>
/// <param name="Held">Of the token, or of the chain's own coin, that the Bridge has; 0 where it mints.</param>
public sealed record AssetHolding(BridgeAsset Asset, BigInteger Supply, BigInteger Held)
{
    public bool IsHome => Asset.Mode != "mint";

    /// <summary>What an account of double entry is held against: at home the less of what is counted and what is there, elsewhere the supply.</summary>
    public BigInteger Counted => IsHome ? BigInteger.Min((BigInteger)Asset.Locked, Held) : Supply;
}

public sealed partial class BridgeContract
{
    /// <summary>Agreed by the quorum at a height; null for an id that is not registered there.</summary>
    public async Task<AssetHolding?> HoldingAsync(AssetId id, ulong height, CancellationToken ct)
    {
        if (await AssetAsync(id, height, ct) is not { } asset) return null;
        var token = new TokenContract(chain, asset.Token);
        return asset.Mode switch
        {
            "mint" => new AssetHolding(asset, await token.TotalSupplyAsync(height, ct), 0),
            "native" => new AssetHolding(asset, 0, await chain.BalanceAtAsync(address, height, ct)),
            _ => new AssetHolding(asset, 0, await token.BalanceOfAsync(address, height, ct)),
        };
    }
}
