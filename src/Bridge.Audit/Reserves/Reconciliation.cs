using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>What exists of an asset on a chain that is not its home. Base units.</summary>
public sealed record MintedSupply(ChainId Chain, Address Token, BigInteger Supply);

/// <summary>One asset over all chains, each at its own block. Base units.</summary>
/// <param name="Escrow">What the home's Bridge counts as locked.</param>
/// <param name="Balance">What it has of the token, or of its chain's own coin: more than that where somebody gave it some.</param>
/// <param name="LockedNotMinted">On its way from home, without the fees.</param>
/// <param name="BurnedNotReleased">On its way from the other chains, without the fees.</param>
/// <param name="FeesHeld">Of what is on its way, the part of those who will deliver it.</param>
public sealed record ReconciledAsset(
    AssetId Asset, ChainId Home, Address Token, bool IsCoin, BigInteger Escrow, BigInteger Balance, IReadOnlyList<MintedSupply> Minted,
    BigInteger LockedNotMinted, BigInteger BurnedNotReleased, BigInteger FeesHeld)
{
    public BigInteger Supply => Minted.Aggregate(BigInteger.Zero, (sum, chain) => sum + chain.Supply);

    /// <summary>0, or something is missing (below zero) or locked without a claim on it (above).</summary>
    public BigInteger Gap => Escrow - Supply - LockedNotMinted - BurnedNotReleased - FeesHeld;
}

public static class Reconciliation
{
    /// <summary>Every asset that has a home among the chains and has ever moved.</summary>
    public static IReadOnlyList<ReconciledAsset> Of(Sight sight) =>
    [
        .. from asset in sight.Chains.SelectMany(chain => chain.Assets.Select(a => (chain.Chain, a.Asset.Id, Held: a))).ToLookup(x => x.Id)
           from home in asset.Where(x => x.Held.IsHome)
           orderby asset.Key.Value
           select Reconcile(asset.Key, home.Chain, home.Held, [.. asset.Where(x => !x.Held.IsHome).Select(x => new MintedSupply(x.Chain, x.Held.Asset.Token, x.Held.Supply))], sight.Lanes),
    ];

    private static ReconciledAsset Reconcile(AssetId asset, ChainId home, AssetHolding held, IReadOnlyList<MintedSupply> minted, IReadOnlyList<LaneEvidence> lanes)
    {
        var underway = lanes.SelectMany(lane => ChainLaws.Unsettled(lane, asset).Select(message => (FromHome: lane.Lane.Source == home, message.Net, message.Fee))).ToList();
        return new ReconciledAsset(
            asset, home, held.Asset.Token, held.Asset.Mode == "native", (BigInteger)held.Asset.Locked, held.Held, minted,
            Sum(underway.Where(m => m.FromHome).Select(m => m.Net)), Sum(underway.Where(m => !m.FromHome).Select(m => m.Net)), Sum(underway.Select(m => m.Fee)));
    }

    private static BigInteger Sum(IEnumerable<UInt128> amounts) => amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + (BigInteger)amount);
}
