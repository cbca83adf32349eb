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
    private static readonly AbiFunction TotalSupply = new("totalSupply()", "(uint256)");
    private static readonly AbiFunction BalanceOf = new("balanceOf(address)", "(uint256)");

    /// <summary>Agreed by the quorum at a height; null for an id that is not registered there.</summary>
    public async Task<AssetHolding?> HoldingAsync(AssetId id, ulong height, CancellationToken ct)
    {
        if (await AssetAsync(id, height, ct) is not { } asset) return null;
        return asset.Mode switch
        {
            "mint" => new AssetHolding(asset, await NumberAsync(asset.Token, TotalSupply, [], height, ct), 0),
            "native" => new AssetHolding(asset, 0, await chain.BalanceAtAsync(address, height, ct)),
            _ => new AssetHolding(asset, 0, await NumberAsync(asset.Token, BalanceOf, [address], height, ct)),
        };
    }

    private async Task<BigInteger> NumberAsync(Address token, AbiFunction view, object[] arguments, ulong height, CancellationToken ct) =>
        (BigInteger)view.DecodeResult(await chain.CallAsync(token, view.Encode(arguments), height, ct))[0];
}
