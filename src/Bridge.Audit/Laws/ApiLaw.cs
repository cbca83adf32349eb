using Bridge.Core;

namespace Bridge.Audit;

/// <summary>What users are told, held against the chains: each transfer's status and both of its transactions.</summary>
internal static class ApiLaw
{
    private static readonly string[] Settled = ["DONE", "REFUNDED"];

    /// <param name="drained">Nothing is underway any more, so that every status must be the last one.</param>
    public static LawVerdict Judge(IReadOnlyList<LaneEvidence> lanes, IReadOnlyDictionary<Hash32, ApiFact> told, bool drained)
    {
        var violations = new List<string>();
        foreach (var lane in lanes)
            foreach (var sent in lane.Sent.Values)
                if (told.TryGetValue(sent.RollingHash, out var fact)) violations.AddRange(Faults(lane, sent, lane.Arrivals.GetValueOrDefault(sent.Sequence), fact, drained));
                else if (drained) violations.Add($"lane {lane.Lane}: the API does not know message {sent.Sequence}");
        return LawVerdict.Of("L7", "what the API tells is the chain", violations, $"{told.Count} transfers");
    }

    private static IEnumerable<string> Faults(LaneEvidence lane, SentMessage sent, Arrival? arrival, ApiFact fact, bool drained)
    {
        var which = $"lane {lane.Lane}: of message {sent.Sequence} the API tells";
        if (fact.Source != sent.Event.Log.Transaction) yield return $"{which} the source transaction {fact.Source}, it is {sent.Event.Log.Transaction}";
        var expected = Statuses(arrival);
        // What the API saw after this audit's final block is no fault of it.
        var early = !drained && (arrival is null || !arrival.IsSettled || !Settled.Contains(fact.Status));
        if (early) yield break;
        if (expected.Length > 0 && !expected.Contains(fact.Status)) yield return $"{which} {fact.Status}, the chain makes it {string.Join(" or ", expected)}";
        if (arrival is not null && fact.Destination != (arrival.RefundedIn ?? arrival.Effect ?? arrival.DeliveredIn))
            yield return $"{which} the destination transaction {fact.Destination?.ToString() ?? "none"}, it is {arrival.RefundedIn ?? arrival.Effect ?? arrival.DeliveredIn}";
    }

    /// <summary>None while it is underway. Whether what is deferred may be retried already, the API says by the clock.</summary>
    private static string[] Statuses(Arrival? arrival) => arrival switch
    {
        null => [],
        { IsRefunded: true } => ["REFUNDED"],
        { Effect: null } => ["ACTION_REQUIRED", "HELD"],
        _ => ["DONE"],
    };
}
