using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>The laws that the chains alone decide.</summary>
public static class ChainLaws
{
    /// <summary>Per asset: what is locked at home = what exists elsewhere + what was sent and is not settled. Signed, since two chains are seen at two moments.</summary>
    public static LawVerdict Conservation(IReadOnlyList<ChainEvidence> chains, IReadOnlyList<LaneEvidence> lanes)
    {
        var violations = new List<string>();
        var held = chains.SelectMany(c => c.Assets.Select(a => (c.Chain, a.Asset.Id, a))).ToLookup(x => x.Id);
        foreach (var asset in held.Where(g => g.Any(x => x.a.IsHome)))
        {
            var locked = asset.Aggregate(BigInteger.Zero, (sum, x) => sum + (BigInteger)x.a.Asset.Locked);
            var supply = asset.Aggregate(BigInteger.Zero, (sum, x) => sum + x.a.Supply);
            var underway = lanes.Aggregate(BigInteger.Zero, (sum, lane) => sum + Underway(lane, asset.Key));
            if (locked != supply + underway) violations.Add($"asset {asset.Key}: {locked} locked, {supply} exist elsewhere, {underway} underway: {locked - supply - underway} too many locked");
            foreach (var (chain, _, home) in asset.Where(x => x.a.IsHome && x.a.Held < (BigInteger)x.a.Asset.Locked))
                violations.Add($"asset {asset.Key}: chain {chain} counts {home.Asset.Locked} as locked and holds {home.Held}");
        }
        return LawVerdict.Of("L1", "conservation", violations, $"{held.Count} assets");
    }

    /// <summary>What was sent through a lane and is not settled, in base units.</summary>
    internal static BigInteger Underway(LaneEvidence lane, AssetId asset) => Unsettled(lane, asset).Aggregate(BigInteger.Zero, (sum, message) => sum + (BigInteger)message.Amount);

    internal static IEnumerable<Message> Unsettled(LaneEvidence lane, AssetId asset) => lane.Sent.Values
        .Where(sent => sent.Message.Asset == asset && !(lane.Arrivals.GetValueOrDefault(sent.Sequence)?.IsSettled ?? false)).Select(sent => sent.Message);

    /// <summary>Each sequence once, and each effect paid exactly once.</summary>
    public static LawVerdict AtMostOnce(IReadOnlyList<ChainEvidence> chains, IReadOnlyList<LaneEvidence> lanes)
    {
        var violations = lanes.SelectMany(lane => lane.Faults).ToList();
        var settled = 0;
        foreach (var chain in chains) violations.AddRange(Payments.Judge(chain, [.. lanes.Where(l => l.Lane.Destination == chain.Chain)], ref settled));
        return LawVerdict.Of("L2", "at most once", violations, $"{settled} effects, each paid once");
    }

    /// <summary>Everything that was delivered was sent, and value really moved where it was sent.</summary>
    public static LawVerdict Authenticity(IReadOnlyList<LaneEvidence> lanes)
    {
        var violations = new List<string>();
        foreach (var lane in lanes)
            foreach (var arrival in lane.Arrivals.Values.Where(a => !lane.Sent.ContainsKey(a.Sequence)))
                violations.Add($"lane {lane.Lane}: message {arrival.Sequence} was delivered in {arrival.DeliveredIn} and never sent");
        foreach (var source in lanes.GroupBy(lane => lane.Source)) violations.AddRange(Deposits.Judge(source.Key, [.. source]));
        return LawVerdict.Of("L4", "authenticity", violations, $"{lanes.Sum(l => l.Sent.Count)} messages, each with what it moved");
    }

    /// <summary>Every delivery carries exactly threshold signatures of members over what was sent.</summary>
    public static LawVerdict Quorum(IReadOnlyList<LaneEvidence> lanes, IReadOnlyList<string> equivocations)
    {
        var (violations, undecided, judged) = (equivocations.ToList(), new List<string>(), 0);
        foreach (var lane in lanes)
            foreach (var delivered in lane.Destination.Events.OfType<MessagesDelivered>().Where(e => e.LaneId == lane.LaneId))
            {
                var (transaction, last) = (delivered.Log.Transaction, delivered.Last);
                if (!lane.Destination.Calls.TryGetValue(transaction, out var calls))
                {
                    undecided.Add($"lane {lane.Lane}: {transaction} called deliver through another contract, and the node serves no trace of it, so its signatures are not seen");
                    continue;
                }
                judged++;
                if (calls.FirstOrDefault(c => c.LaneId == lane.LaneId && c.First == delivered.First) is not { } call)
                {
                    violations.Add($"lane {lane.Lane}: {transaction} delivered {delivered.First} to {last} without any call of deliver");
                    continue;
                }
                if (!Counted(lane.Destination, delivered, call.Certificate.Epoch))
                    violations.Add($"lane {lane.Lane}: the certificate of {transaction} up to {last} is of epoch {call.Certificate.Epoch}, whose set did not count in block {delivered.Log.Block.Height}");
                if (!lane.Sent.TryGetValue(last, out var sent)) continue; // L4 says so.
                var checkpoint = new Checkpoint(lane.LaneId, last, sent.RollingHash);
                var verdict = lane.Destination.Sets.TryGetValue(call.Certificate.Epoch, out var set)
                    ? CertificateCheck.Judge(call.Certificate, checkpoint, lane.Destination.Domain, set)
                    : CertificateVerdict.WrongEpoch;
                if (verdict is not CertificateVerdict.Ok) violations.Add($"lane {lane.Lane}: the certificate of {transaction} up to {last} is {verdict}");
            }
        return LawVerdict.Of("L5", "quorum", violations, $"{judged} certificates, their signers recovered from calldata", undecided);
    }

    private static bool Counted(ChainEvidence chain, MessagesDelivered delivered, Epoch epoch)
    {
        var log = delivered.Log;
        return epoch == chain.Epochs.InForce(log.Block.Height, log.LogIndex)
            || (chain.Times.TryGetValue(log.Block.Height, out var time) && chain.Epochs.Counts(epoch, log.Block.Height, log.LogIndex, time));
    }
}
