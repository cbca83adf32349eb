using System.Globalization;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>An organisation's database for the auditor to read.</summary>
public sealed record AuditedDatabase(string Name, string ConnectionString);

/// <summary>
/// Reads the chains through its own endpoints and the records by its own SQL, and decides the ten laws. One that lives on reads only what
/// came since its last audit.
/// </summary>
public sealed class Checker(IReadOnlyList<AuditedChain> chains, IReadOnlyList<AuditedDatabase> databases, HttpClient http)
{
    private readonly ChainSight _sight = new(chains, http);

    /// <summary>Changes of roles and settings since the deployment that are meant, as verdicts print them.</summary>
    public IReadOnlyList<string> Approved { get; init; } = [];

    /// <summary>How long a final message may wait without a reason that everybody can see. Default an hour.</summary>
    public TimeSpan Overdue { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Base URL of an API that is judged, too, with a slash at its end; none by default.</summary>
    public Uri? Api { get; init; }

    /// <summary>What the last judgement was made of; null before the first.</summary>
    public Sight? Seen { get; private set; }

    /// <param name="drained">Says that nothing is underway any more, so that equalities must hold and everything must have arrived.</param>
    /// <returns>One verdict a law, and one more for each further database.</returns>
    public async Task<IReadOnlyList<LawVerdict>> JudgeAsync(bool drained, CancellationToken ct)
    {
        var (evidence, lanes, behind) = Seen = await _sight.LookAsync(ct);
        var overdue = await OverdueAsync(lanes, ct);
        var records = new List<DatabaseEvidence>();
        foreach (var database in databases) records.Add(await DatabaseReader.ReadAsync(database.Name, database.ConnectionString, ct));

        var conservation = ChainLaws.Conservation(evidence, lanes).Unless(behind);
        var once = ChainLaws.AtMostOnce(evidence, lanes).Unless(behind);
        var verdicts = new List<LawVerdict> { conservation, once, ChainLaws.Authenticity(lanes).Unless(behind), AuthorityLaw.Judge(conservation, once, evidence, Approved.ToHashSet(StringComparer.OrdinalIgnoreCase)) };
        foreach (var record in records.DefaultIfEmpty(null))
        {
            verdicts.Add(RecordLaws.AtLeastOnce(lanes, record, drained, overdue));
            verdicts.Add(ChainLaws.Quorum(lanes, RecordLaws.Equivocations(lanes, record)));
            verdicts.Add(RecordLaws.OnlyFinalIsSigned(lanes, record).Unless(behind));
            verdicts.Add(RecordLaws.RecordsAreTheChain(evidence, lanes, record, drained));
            verdicts.Add(await NoncesAsync(evidence, record, ct));
            verdicts.Add(RecordLaws.HistoryIsComplete(record));
        }
        if (Api is not null) verdicts.Add(ApiLaw.Judge(lanes, await ApiReader.ReadAsync(Api, http, ct), drained));
        return [.. verdicts.OrderBy(v => int.Parse(v.Law.AsSpan(1), CultureInfo.InvariantCulture))];
    }

    /// <summary>Lanes whose oldest undelivered message waits too long while nothing is paused. A lane is delivered in order, so the oldest tells for all.</summary>
    private async Task<IReadOnlyDictionary<Lane, string>> OverdueAsync(IReadOnlyList<LaneEvidence> lanes, CancellationToken ct)
    {
        var overdue = new Dictionary<Lane, string>();
        foreach (var lane in lanes)
        {
            if (lane.Sent.Values.Where(sent => !lane.Arrivals.ContainsKey(sent.Sequence)).MinBy(sent => sent.Sequence) is not { } oldest) continue;
            var since = await _sight.Readers[lane.Source.Chain].TimeAsync(oldest.Event.Log.Block.Height, ct);
            if (lane.Destination.Time - since <= Overdue || await _sight.Readers[lane.Destination.Chain].IsPausedAsync(lane.Source.Chain, lane.Destination, ct)) continue;
            overdue[lane.Lane] = $"lane {lane.Lane}: message {oldest.Sequence} of {oldest.Event.Log.Transaction} waits since {since:u}, and nothing is paused or halted. Look at 'bridge lanes list' and the executors' log";
        }
        return overdue;
    }

    private async Task<LawVerdict> NoncesAsync(IReadOnlyList<ChainEvidence> evidence, DatabaseEvidence? record, CancellationToken ct)
    {
        var mined = new Dictionary<ChainId, IReadOnlyDictionary<Hash32, (Address, ulong)>>();
        var counts = new Dictionary<(ChainId, Address), ulong>();
        foreach (var chain in evidence)
        {
            var attempts = record?.Attempts.Where(a => a.Chain == chain.Chain).ToList() ?? [];
            mined[chain.Chain] = await _sight.Readers[chain.Chain].MinedAsync([.. attempts.Select(a => a.Transaction)], chain.At.Height, ct);
            foreach (var account in attempts.Select(a => a.Account).Distinct()) counts[(chain.Chain, account)] = await _sight.Readers[chain.Chain].NonceAsync(account, chain.At.Height, ct);
        }
        return NonceLaw.Judge(record, mined, counts);
    }
}
