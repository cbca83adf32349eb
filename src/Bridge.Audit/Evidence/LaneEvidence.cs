using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A message as its source's events show it.</summary>
/// <param name="RollingHash">Folded anew from the bytes; its event must say the same.</param>
public sealed record SentMessage(Sequence Sequence, Message Message, Hash32 RollingHash, MessageSent Event);

/// <summary>What became of a message at its destination.</summary>
/// <param name="Collector">Who the fee was for.</param>
/// <param name="Effect">The transaction that paid or called; null while it waits deferred, or was sent back.</param>
/// <param name="RefundedIn">The transaction that sent it back.</param>
public sealed record Arrival(Sequence Sequence, Hash32 DeliveredIn, Address Collector, bool IsDeferred, Hash32? RefundedIn, Hash32? Effect)
{
    public bool IsRefunded => RefundedIn is not null;

    public bool IsSettled => Effect is not null || IsRefunded;
}

/// <summary>One lane: both ends, folded by the auditor.</summary>
/// <param name="Faults">Where events, hashes and contracts contradict each other.</param>
public sealed record LaneEvidence(
    Lane Lane, Hash32 LaneId, ChainEvidence Source, ChainEvidence Destination,
    IReadOnlyDictionary<Sequence, SentMessage> Sent, IReadOnlyDictionary<Sequence, Arrival> Arrivals, IReadOnlyList<string> Faults)
{
    public static LaneEvidence Read(ChainEvidence source, ChainEvidence destination)
    {
        var lane = new Lane(source.Chain, destination.Chain);
        var laneId = RollingHash.LaneId(lane, source.Bridge, destination.Bridge);
        var faults = new List<string>();
        var sent = Fold(lane, laneId, source, faults);
        var arrivals = Arrive(lane, laneId, destination, sent, faults);
        return new LaneEvidence(lane, laneId, source, destination, sent, arrivals, faults);
    }

    private static Dictionary<Sequence, SentMessage> Fold(Lane lane, Hash32 laneId, ChainEvidence source, List<string> faults)
    {
        var sent = new Dictionary<Sequence, SentMessage>();
        var (hash, last) = (laneId, Sequence.None);
        foreach (var e in source.Events.OfType<MessageSent>().Where(e => e.Destination == lane.Destination))
        {
            if (e.Sequence != last.Next()) faults.Add($"lane {lane}: message {e.Sequence} follows {last}");
            hash = RollingHash.Fold(hash, e.Wire);
            last = e.Sequence;
            if (hash != e.RollingHash) faults.Add($"lane {lane}: message {e.Sequence} folds to {hash}, its event says {e.RollingHash}");
            if (!MessageCodec.TryDecode(e.Wire, out var message, out var fault)) faults.Add($"lane {lane}: message {e.Sequence} cannot be decoded: {fault}");
            else sent[e.Sequence] = new SentMessage(e.Sequence, message, hash, e);
        }
        if (source.Outbound.GetValueOrDefault(lane.Destination) is { } outbound && (outbound.Sequence != last || outbound.RollingHash != hash))
            faults.Add($"lane {lane}: the source's contract stands at {outbound.Sequence} ({outbound.RollingHash}), its messages lead to {last} ({hash})");
        return sent;
    }

    private static Dictionary<Sequence, Arrival> Arrive(
        Lane lane, Hash32 laneId, ChainEvidence destination, Dictionary<Sequence, SentMessage> sent, List<string> faults)
    {
        var arrivals = new Dictionary<Sequence, Arrival>();
        var (last, hash) = (Sequence.None, laneId);
        var forgone = destination.Forgone.Where(f => f.LaneId == laneId).Select(f => f.Sequence).ToHashSet();
        Address Collector(Sequence sequence, Address deliverer) =>
            forgone.Contains(sequence) && sent.TryGetValue(sequence, out var message) ? message.Message.Recipient : deliverer;

        foreach (var e in destination.Events)
        {
            switch (e)
            {
                case MessagesDelivered delivered when delivered.LaneId == laneId:
                    if (delivered.First != last.Next()) faults.Add($"lane {lane}: a delivery of {delivered.First} to {delivered.Last} follows {last}, in {e.Log.Transaction}");
                    if (sent.GetValueOrDefault(delivered.Last)?.RollingHash != delivered.RollingHash)
                        faults.Add($"lane {lane}: delivered up to {delivered.Last} with {delivered.RollingHash}, which is not what was sent, in {e.Log.Transaction}");
                    for (var s = delivered.First; s <= delivered.Last; s = s.Next())
                        if (!arrivals.TryAdd(s, new Arrival(s, e.Log.Transaction, Collector(s, delivered.Deliverer), false, null, e.Log.Transaction)))
                            faults.Add($"lane {lane}: message {s} was delivered twice, again in {e.Log.Transaction}");
                    (last, hash) = (delivered.Last, delivered.RollingHash);
                    break;
                case MessageDeferred deferred when deferred.LaneId == laneId:
                    Change(deferred.Sequence, a => a with { IsDeferred = true, Effect = null }, !arrivals.TryGetValue(deferred.Sequence, out var d) || d.DeliveredIn != e.Log.Transaction);
                    break;
                case MessageRetried retried when retried.LaneId == laneId:
                    Change(retried.Sequence, a => a with { Effect = e.Log.Transaction, Collector = Collector(retried.Sequence, retried.Caller) }, !Waits(retried.Sequence));
                    break;
                case MessageRefunded refunded when refunded.LaneId == laneId:
                    Change(refunded.Sequence, a => a with { RefundedIn = e.Log.Transaction }, !Waits(refunded.Sequence));
                    break;
            }

            void Change(Sequence sequence, Func<Arrival, Arrival> change, bool isWrong)
            {
                if (isWrong) faults.Add($"lane {lane}: {e.GetType().Name} of message {sequence}, which it cannot be of, in {e.Log.Transaction}");
                else arrivals[sequence] = change(arrivals[sequence]);
            }
        }
        if (destination.Inbound.GetValueOrDefault(lane.Source) is var inbound && inbound != hash)
            faults.Add($"lane {lane}: the destination's contract holds {inbound}, its deliveries lead to {hash}");
        return arrivals;

        bool Waits(Sequence sequence) => arrivals.TryGetValue(sequence, out var arrival) && arrival is { IsDeferred: true, IsSettled: false };
    }
}
