using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>The laws that need what an organisation wrote down, beside what the chains say.</summary>
public static class RecordLaws
{
    /// <summary>Everything final is delivered, or waits for a reason that is written down.</summary>
    /// <param name="drained">Nothing is underway any more: what is not delivered is lost, unless its lane is halted.</param>
    /// <param name="overdue">By lane: what waits too long, unless the lane is halted.</param>
    public static LawVerdict AtLeastOnce(IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence? database, bool drained, IReadOnlyDictionary<Lane, string> overdue)
    {
        var (waiting, parked) = (0, 0);
        var violations = overdue.Where(late => database?.Halts.ContainsKey(late.Key) != true).Select(late => late.Value).ToList();
        foreach (var lane in lanes)
            foreach (var sent in lane.Sent.Values)
            {
                if (lane.Arrivals.TryGetValue(sent.Sequence, out var arrival))
                {
                    parked += arrival.IsSettled ? 0 : 1;
                    continue;
                }
                waiting++;
                if (drained && database?.Halts.ContainsKey(lane.Lane) != true)
                    violations.Add($"lane {lane.Lane}: message {sent.Sequence} of {sent.Event.Log.Transaction} was never delivered, and its lane is not halted");
            }
        return LawVerdict.Of("L3", "at least once", violations, $"{lanes.Sum(l => l.Sent.Count)} sent, {waiting} underway, {parked} deferred on chain with a reason");
    }

    /// <summary>Signers that signed two rolling hashes at one sequence, and signatures that are not what their row says.</summary>
    public static IReadOnlyList<string> Equivocations(IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence? database)
    {
        if (database is null) return [];
        var domains = lanes.ToDictionary(l => l.Lane, l => l.Destination.Domain);
        var twice = database.Attestations.GroupBy(a => (a.LaneId, a.Sequence, a.Signer)).Where(g => g.Select(a => a.RollingHash).Distinct().Count() > 1)
            .Select(g => $"{g.Key.Signer} signed {g.Select(a => a.RollingHash).Distinct().Count()} rolling hashes at {g.Key.Sequence} of lane {g.Key.LaneId}");
        var forged = database.Attestations.Where(a => domains.ContainsKey(a.Lane) && !IsBy(a, domains[a.Lane]))
            .Select(a => $"{database.Name} holds an attestation at {a.Sequence} of lane {a.Lane} that is not by {a.Signer}");
        return [.. twice, .. forged];
    }

    /// <summary>Every attestation is of what the source's final blocks hold.</summary>
    public static LawVerdict OnlyFinalIsSigned(IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence? database)
    {
        if (database is null) return NoDatabase("L6", "only what is final is signed");
        var sent = lanes.ToDictionary(l => l.Lane);
        var vanished = from chain in lanes.Select(l => l.Source).Distinct() where chain.Vanished is not null select $"chain {chain.Chain}: block {chain.Vanished} was final, and is not on the chain any more";
        var violations = from a in database.Attestations
                         where sent.TryGetValue(a.Lane, out var lane) && lane.Sent.GetValueOrDefault(a.Sequence)?.RollingHash != a.RollingHash
                         select $"{a.Signer} attested to {a.RollingHash} at {a.Sequence} of lane {a.Lane}, which no final block of the source holds";
        return LawVerdict.Of("L6", "only what is final is signed", [.. vanished, .. violations], $"{database.Attestations.Count} attestations");
    }

    /// <summary>The rows say what the chains say.</summary>
    public static LawVerdict RecordsAreTheChain(IReadOnlyList<ChainEvidence> chains, IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence? database, bool drained)
    {
        if (database is null) return NoDatabase("L7", "the records are the chain");
        var violations = new List<string>();
        foreach (var lane in lanes)
            foreach (var sent in lane.Sent.Values.Where(m => m.Event.Log.Block.Height <= database.Cursors.GetValueOrDefault(lane.Lane.Source)))
            {
                var arrival = lane.Arrivals.GetValueOrDefault(sent.Sequence);
                if (!database.Messages.TryGetValue((lane.Lane, sent.Sequence), out var row)) violations.Add($"lane {lane.Lane}: no row for message {sent.Sequence}");
                else if (row.Id != sent.RollingHash || !row.Wire.AsSpan().SequenceEqual(sent.Event.Wire) || row.Block != sent.Event.Log.Block || row.Transaction != sent.Event.Log.Transaction)
                    violations.Add($"lane {lane.Lane}: the row of message {sent.Sequence} is not what the chain holds");
                else if (drained && row.Status != Expected(arrival, row.Status))
                    violations.Add($"lane {lane.Lane}: message {sent.Sequence} is {row.Status}, the chain makes it {Expected(arrival, row.Status)}");
            }
        violations.AddRange(Extra(lanes, database));
        violations.AddRange(Deliveries(chains, lanes, database));
        return LawVerdict.Of("L7", "the records are the chain", violations, $"{database.Messages.Count} messages and {database.Deliveries.Count} events of {database.Name}");
    }

    /// <summary>The transitions of each message lead, by the one table, to its status.</summary>
    public static LawVerdict HistoryIsComplete(DatabaseEvidence? database)
    {
        if (database is null) return NoDatabase("L9", "history");
        var violations = new List<string>();
        var history = database.Transitions.ToLookup(t => t.Message);
        foreach (var message in database.Messages.Values)
        {
            TransferStatus? now = null;
            foreach (var t in history[message.Id])
            {
                if (t.From != now?.ToString()) violations.Add($"message {message.Id}: a transition from {t.From ?? "nothing"} follows {now?.ToString() ?? "nothing"}");
                var to = Enum.Parse<TransferStatus>(t.To);
                if (now is { } from && TransferMachine.Decide(from, Enum.Parse<TransferEvent>(t.Event)) is var decided && (decided.Verdict is not Verdict.Applied || decided.Next != to))
                    violations.Add($"message {message.Id}: {t.Event} took it from {from} to {to}, which the table does not");
                now = to;
            }
            if (now != message.Status) violations.Add($"message {message.Id} is {message.Status}, its history ends with {now?.ToString() ?? "nothing"}");
        }
        return LawVerdict.Of("L9", "history", [.. database.Unprotected, .. violations], $"{database.Transitions.Count} transitions, append-only by grants and a trigger; no hash chain links them");
    }

    private static TransferStatus Expected(Arrival? arrival, TransferStatus row) => arrival switch
    {
        null => row,
        { IsRefunded: true } => TransferStatus.Refunded,
        { Effect: null } => TransferStatus.Deferred,
        _ => TransferStatus.Delivered,
    };

    private static IEnumerable<string> Extra(IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence database)
    {
        var known = lanes.ToDictionary(l => l.Lane);
        return from row in database.Messages.Values
               where row.Status is not TransferStatus.Observed && known.TryGetValue(row.Lane, out var lane)
                   && row.Block.Height <= lane.Source.At.Height && !lane.Sent.ContainsKey(row.Sequence)
               select $"lane {row.Lane}: message {row.Sequence} is {row.Status} and was never sent";
    }

    /// <summary>Up to where the rows are final and the chain was read, there is a row for each event, and no other.</summary>
    private static IEnumerable<string> Deliveries(IReadOnlyList<ChainEvidence> chains, IReadOnlyList<LaneEvidence> lanes, DatabaseEvidence database)
    {
        var known = lanes.ToDictionary(l => l.LaneId, l => l.Lane);
        foreach (var chain in chains)
        {
            var until = Math.Min(chain.At.Height, database.Cursors.GetValueOrDefault(chain.Chain));
            var facts = chain.Events.Where(e => e.Log.Block.Height <= until).Select(e => Fact(e, known)).OfType<DeliveryFact>().ToHashSet();
            var rows = database.Deliveries.Where(row => row.Lane.Destination == chain.Chain && row.Block.Height <= until).ToHashSet();
            foreach (var fact in facts.Except(rows)) yield return $"lane {fact.Lane}: no row says what the chain does: {fact.Kind} {fact.First} to {fact.Last} in {fact.Transaction}, log {fact.LogIndex}";
            foreach (var row in rows.Except(facts)) yield return $"lane {row.Lane}: a row says what the chain does not: {row.Kind} {row.First} to {row.Last} in {row.Transaction}, log {row.LogIndex}";
        }
    }

    private static DeliveryFact? Fact(BridgeEvent e, Dictionary<Hash32, Lane> lanes)
    {
        return e switch
        {
            MessagesDelivered d => Row(d.LaneId, "Delivered", d.First, d.Last),
            MessageDeferred d => Row(d.LaneId, "Deferred", d.Sequence, d.Sequence),
            MessageRetried r => Row(r.LaneId, "Retried", r.Sequence, r.Sequence),
            MessageRefunded r => Row(r.LaneId, "Refunded", r.Sequence, r.Sequence),
            _ => null,
        };

        DeliveryFact? Row(Hash32 laneId, string kind, Sequence first, Sequence last) =>
            lanes.TryGetValue(laneId, out var lane) ? new DeliveryFact(lane, e.Log.Transaction, e.Log.LogIndex, kind, first, last, e.Log.Block) : null;
    }

    private static bool IsBy(AttestationFact row, Eip712Domain domain) =>
        new CompactSignature(row.Signature).TryRecover(new Checkpoint(row.LaneId, row.Sequence, row.RollingHash).Digest(domain, row.Epoch), out var signer) && signer == row.Signer;

    internal static LawVerdict NoDatabase(string law, string name) => new(law, name, LawState.Undecided, ["no database was given"]);
}
