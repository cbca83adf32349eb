using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>What was sent, held against what came in, in the transaction that sent it. What a refund sends back never left the lane.</summary>
internal static class Deposits
{
    public static IEnumerable<string> Judge(ChainEvidence source, IReadOnlyList<LaneEvidence> outbound)
    {
        var tokens = source.Assets.Where(a => a.Asset.Mode != "native").ToDictionary(a => a.Asset.Id, a => a.Asset);
        var refunds = source.Events.OfType<MessageRefunded>().Select(e => (e.Log.Transaction, e.Return)).ToHashSet();
        var sent = outbound.SelectMany(lane => lane.Sent.Values)
            .Where(m => tokens.ContainsKey(m.Message.Asset) && !refunds.Contains((m.Event.Log.Transaction, m.Sequence)))
            .GroupBy(m => (m.Event.Log.Transaction, m.Message.Asset));
        var moves = source.Moves.ToLookup(m => (m.Transaction, m.Token));
        foreach (var group in sent)
        {
            var asset = tokens[group.Key.Asset];
            var into = asset.Mode == "mint" ? default : source.Bridge;
            var claimed = group.Aggregate(BigInteger.Zero, (sum, m) => sum + (BigInteger)m.Message.Amount);
            var moved = moves[(group.Key.Transaction, asset.Token)].Where(m => m.To == into).Aggregate(BigInteger.Zero, (sum, m) => sum + m.Amount);
            if (claimed != moved) yield return $"chain {source.Chain}: {group.Key.Transaction} sent {claimed} of asset {group.Key.Asset} and took in {moved}";
        }
    }
}
