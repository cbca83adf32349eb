using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>What a chain has of an asset after a block in which that changed. Base units.</summary>
/// <param name="IsHome">Then it is what must be locked by the messages, else what exists by the token's own events.</param>
public sealed record SupplyPoint(ChainId Chain, AssetId Asset, bool IsHome, ulong Height, BigInteger Amount, BigInteger Change);

/// <summary>The supply of each asset on a chain, block by block, from events alone.</summary>
public static class SupplyHistory
{
    /// <param name="inbound">The lanes into the chain.</param>
    /// <param name="outbound">The lanes out of it.</param>
    public static IReadOnlyList<SupplyPoint> Of(ChainEvidence chain, IReadOnlyList<LaneEvidence> inbound, IReadOnlyList<LaneEvidence> outbound) =>
    [
        .. chain.Assets.SelectMany(asset => Points(
            chain.Chain, asset.Asset.Id, asset.IsHome, asset.IsHome ? Locked(chain, asset.Asset.Id, inbound, outbound) : Minted(chain, asset.Asset.Token))),
    ];

    /// <summary>Where the last point is not what the contracts say.</summary>
    public static IEnumerable<string> Faults(ChainEvidence chain, IReadOnlyList<SupplyPoint> history)
    {
        foreach (var asset in chain.Assets)
        {
            var replayed = history.LastOrDefault(point => point.Asset == asset.Asset.Id)?.Amount ?? 0;
            var said = asset.IsHome ? (BigInteger)asset.Asset.Locked : asset.Supply;
            if (replayed != said)
                yield return $"asset {asset.Asset.Id} on chain {chain.Chain}: its events lead to {replayed} {(asset.IsHome ? "locked" : "in existence")}, the contract says {said}";
        }
    }

    private static IEnumerable<(ulong Height, BigInteger Change)> Minted(ChainEvidence chain, Address token)
    {
        foreach (var move in chain.Moves.Where(move => move.Token == token))
        {
            if (move.From == default) yield return (move.Block.Height, move.Amount);
            if (move.To == default) yield return (move.Block.Height, -move.Amount);
        }
    }

    /// <summary>What a refund sends back never came out of the vault.</summary>
    private static IEnumerable<(ulong Height, BigInteger Change)> Locked(ChainEvidence chain, AssetId asset, IReadOnlyList<LaneEvidence> inbound, IReadOnlyList<LaneEvidence> outbound)
    {
        var refunds = chain.Events.OfType<MessageRefunded>().Select(e => (e.Log.Transaction, e.Return)).ToHashSet();
        var heights = new Dictionary<Hash32, ulong>();
        foreach (var e in chain.Events) heights[e.Log.Transaction] = e.Log.Block.Height;
        foreach (var sent in outbound.SelectMany(lane => lane.Sent.Values).Where(sent => sent.Message.Asset == asset && !refunds.Contains((sent.Event.Log.Transaction, sent.Sequence))))
            yield return (sent.Event.Log.Block.Height, (BigInteger)sent.Message.Amount);
        foreach (var lane in inbound)
            foreach (var arrival in lane.Arrivals.Values)
                if (arrival.Effect is { } effect && lane.Sent.TryGetValue(arrival.Sequence, out var sent) && sent.Message.Asset == asset)
                    yield return (heights[effect], -(BigInteger)sent.Message.Amount);
    }

    private static IEnumerable<SupplyPoint> Points(ChainId chain, AssetId asset, bool isHome, IEnumerable<(ulong Height, BigInteger Change)> changes)
    {
        var amount = BigInteger.Zero;
        foreach (var block in changes.GroupBy(change => change.Height, change => change.Change).OrderBy(block => block.Key))
        {
            var change = block.Aggregate(BigInteger.Zero, (sum, next) => sum + next);
            amount += change;
            yield return new SupplyPoint(chain, asset, isHome, block.Key, amount, change);
        }
    }
}
