using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>
/// Makes the history again from the chains alone: every lane folded anew, every certificate judged by the set that counted in its block, every
/// payment matched with a final message, and the supply after each block.
/// </summary>
public sealed class Replayer(IReadOnlyList<AuditedChain> chains, HttpClient http)
{
    private readonly ChainSight _sight = new(chains, http);

    public async Task<ReplayReport> ReplayAsync(CancellationToken ct)
    {
        var (evidence, lanes, behind) = await _sight.LookAsync(ct);
        var supplies = evidence.Select(chain => (Chain: chain, Points: SupplyHistory.Of(
            chain, [.. lanes.Where(lane => lane.Lane.Destination == chain.Chain)], [.. lanes.Where(lane => lane.Lane.Source == chain.Chain)]))).ToList();
        var points = supplies.SelectMany(supply => supply.Points).ToList();
        return new ReplayReport(
            [.. evidence.Select(chain => (chain.Chain, chain.At))], [.. lanes.Where(lane => lane.Sent.Count > 0 || lane.Arrivals.Count > 0).Select(Count)], Assets(evidence, lanes), points,
            [
                ChainLaws.Conservation(evidence, lanes).Unless(behind), ChainLaws.AtMostOnce(evidence, lanes).Unless(behind), ChainLaws.Authenticity(lanes).Unless(behind),
                ChainLaws.Quorum(lanes, []),
                LawVerdict.Of("S", "supply", [.. supplies.SelectMany(supply => SupplyHistory.Faults(supply.Chain, supply.Points))], $"{points.Count} changes of supply, leading to what the contracts say").Unless(behind),
            ]);
    }

    private static ReplayedLane Count(LaneEvidence lane) => new(
        lane.Lane, lane.LaneId, lane.Sent.Count, lane.Sent.Keys.Count(sequence => !lane.Arrivals.ContainsKey(sequence)),
        lane.Arrivals.Values.Count(arrival => !arrival.IsSettled), lane.Arrivals.Values.Count(arrival => arrival.IsRefunded),
        lane.Destination.Events.OfType<MessagesDelivered>().Count(e => e.LaneId == lane.LaneId));

    private static IReadOnlyList<ReplayedAsset> Assets(IReadOnlyList<ChainEvidence> evidence, IReadOnlyList<LaneEvidence> lanes) =>
    [
        .. from asset in evidence.SelectMany(chain => chain.Assets).ToLookup(asset => asset.Asset.Id)
           orderby asset.Key.Value
           select new ReplayedAsset(
               asset.Key, Sum(asset.Select(a => (BigInteger)a.Asset.Locked)), Sum(asset.Select(a => a.Supply)), Sum(lanes.Select(lane => ChainLaws.Underway(lane, asset.Key)))),
    ];

    private static BigInteger Sum(IEnumerable<BigInteger> amounts) => amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + amount);
}
