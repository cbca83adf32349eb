using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>An organisation's database for the auditor to read.</summary>
public sealed record AuditedDatabase(string Name, string ConnectionString);

/// <summary>Reads the chains through its own endpoints and the records by its own SQL, and decides the ten laws.</summary>
public sealed class Checker(IReadOnlyList<AuditedChain> chains, IReadOnlyList<AuditedDatabase> databases, HttpClient http)
{
    /// <param name="drained">Says that nothing is underway any more, so that equalities must hold and everything must have arrived.</param>
    /// <returns>One verdict a law, and one more for each further database.</returns>
    public async Task<IReadOnlyList<LawVerdict>> JudgeAsync(bool drained, CancellationToken ct)
    {
        var readers = chains.ToDictionary(chain => chain.Id, chain => new ChainReader(chain, http));
        var evidence = await ReadAsync(readers, ct);
        var lanes = (from source in evidence from destination in evidence where source != destination select LaneEvidence.Read(source, destination)).ToList();
        var records = new List<DatabaseEvidence>();
        foreach (var database in databases) records.Add(await DatabaseReader.ReadAsync(database.Name, database.ConnectionString, ct));

        var conservation = ChainLaws.Conservation(evidence, lanes);
        var once = ChainLaws.AtMostOnce(evidence, lanes);
        var verdicts = new List<LawVerdict> { conservation, once, ChainLaws.Authenticity(lanes) };
        foreach (var record in records.DefaultIfEmpty(null))
        {
            verdicts.Add(RecordLaws.AtLeastOnce(lanes, record, drained));
            verdicts.Add(ChainLaws.Quorum(lanes, RecordLaws.Equivocations(lanes, record)));
            verdicts.Add(RecordLaws.OnlyFinalIsSigned(lanes, record));
            verdicts.Add(RecordLaws.RecordsAreTheChain(evidence, lanes, record, drained));
            verdicts.Add(await NoncesAsync(readers, evidence, record, ct));
            verdicts.Add(RecordLaws.HistoryIsComplete(record));
        }
        verdicts.Add(Authority(conservation, once));
        return [.. verdicts.OrderBy(v => int.Parse(v.Law.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>All chains at blocks that are final at about one moment.</summary>
    private static async Task<IReadOnlyList<ChainEvidence>> ReadAsync(Dictionary<ChainId, ChainReader> readers, CancellationToken ct)
    {
        var read = new List<(ChainId Chain, BlockRef At, IReadOnlyList<LogEntry> Logs, IReadOnlyList<BridgeEvent> Events)>();
        foreach (var (chain, reader) in readers)
        {
            var at = (await reader.FinalAsync(ct)).Ref;
            var logs = await reader.LogsAsync(at.Height, ct);
            read.Add((chain, at, logs, [.. logs.Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<BridgeEvent>()]));
        }
        var assets = read.SelectMany(r => r.Events.OfType<MessageSent>())
            .Select(e => MessageCodec.TryDecode(e.Wire, out var message, out _) ? message.Asset : default).Where(a => a.Value != 0).Distinct().ToList();
        var evidence = new List<ChainEvidence>();
        foreach (var (chain, at, logs, events) in read)
            evidence.Add(await readers[chain].ReadAsync(at, events, logs, assets, [.. readers.Keys.Where(other => other != chain)], ct));
        return evidence;
    }

    private static async Task<LawVerdict> NoncesAsync(
        Dictionary<ChainId, ChainReader> readers, IReadOnlyList<ChainEvidence> evidence, DatabaseEvidence? record, CancellationToken ct)
    {
        var mined = new Dictionary<ChainId, IReadOnlyDictionary<Hash32, (Address, ulong)>>();
        var counts = new Dictionary<(ChainId, Address), ulong>();
        foreach (var chain in evidence)
        {
            var attempts = record?.Attempts.Where(a => a.Chain == chain.Chain).ToList() ?? [];
            mined[chain.Chain] = await readers[chain.Chain].MinedAsync([.. attempts.Select(a => a.Transaction)], chain.At.Height, ct);
            foreach (var account in attempts.Select(a => a.Account).Distinct()) counts[(chain.Chain, account)] = await readers[chain.Chain].NonceAsync(account, chain.At.Height, ct);
        }
        return NonceLaw.Judge(record, mined, counts);
    }

    /// <summary>Nothing exists that no message explains: whoever minted or released anything else had an authority that nobody should.</summary>
    private static LawVerdict Authority(LawVerdict conservation, LawVerdict once)
    {
        var broken = new[] { conservation, once }.Where(v => v.State is LawState.Violated).ToList();
        return LawVerdict.Of("L10", "authority", [.. broken.Select(v => $"{v.Law} does not hold: value moved that no message explains")], "every unit is explained by a message");
    }
}
