using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>All that is seen of the chains at one moment.</summary>
/// <param name="Behind">Where a source is seen at an older moment than what its messages did elsewhere: what looks forged there may be seen too early.</param>
public sealed record Sight(IReadOnlyList<ChainEvidence> Chains, IReadOnlyList<LaneEvidence> Lanes, IReadOnlyList<string> Behind);

/// <summary>Reads all chains, each at a final block of its own. One that lives on reads only what came since.</summary>
public sealed class ChainSight(IReadOnlyList<AuditedChain> chains, HttpClient http)
{
    /// <summary>How often the chains are read again while one of them is too far behind to be judged, and how long that waits in between.</summary>
    private const int Readings = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public IReadOnlyDictionary<ChainId, ChainReader> Readers { get; } = chains.ToDictionary(chain => chain.Id, chain => new ChainReader(chain, http));

    /// <summary>Reads again as long as a source is seen at an older moment than what its messages did elsewhere.</summary>
    public async Task<Sight> LookAsync(CancellationToken ct)
    {
        for (var reading = 1; ; reading++)
        {
            var evidence = await ReadAsync(ct);
            var lanes = (from source in evidence from destination in evidence where source != destination select LaneEvidence.Read(source, destination)).ToList();
            var behind = await BehindAsync(lanes, ct);
            if (behind.Count == 0 || reading == Readings) return new Sight(evidence, lanes, behind);
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>All chains at blocks that are final at one moment.</summary>
    private async Task<IReadOnlyList<ChainEvidence>> ReadAsync(CancellationToken ct)
    {
        var finals = await Task.WhenAll(Readers.Select(async pair => (Chain: pair.Key, At: await pair.Value.FinalAsync(ct))));
        var read = new List<(ChainId Chain, BlockHeader At, BlockRef? Vanished, IReadOnlyList<LogEntry> Logs, IReadOnlyList<BridgeEvent> Events)>();
        foreach (var (chain, at) in finals)
        {
            var (logs, vanished) = await Readers[chain].LogsAsync(at.Ref, ct);
            read.Add((chain, at, vanished, logs, [.. logs.Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<BridgeEvent>()]));
        }
        var assets = read.SelectMany(r => r.Events.OfType<MessageSent>())
            .Select(e => MessageCodec.TryDecode(e.Wire, out var message, out _) ? message.Asset : default).Where(a => a.Value != 0).Distinct().ToList();
        var evidence = new List<ChainEvidence>();
        foreach (var (chain, at, vanished, logs, events) in read)
            evidence.Add(await Readers[chain].ReadAsync(at, vanished, logs, events, assets, [.. Readers.Keys.Where(other => other != chain)], ct));
        return evidence;
    }

    /// <summary>A delivery of what was not sent is either forged, or its source is seen at an older moment: only a later look at the source tells.</summary>
    private async Task<IReadOnlyList<string>> BehindAsync(IReadOnlyList<LaneEvidence> lanes, CancellationToken ct)
    {
        var behind = new List<string>();
        foreach (var lane in lanes)
        {
            if (lane.Destination.Events.OfType<MessagesDelivered>().FirstOrDefault(e => e.LaneId == lane.LaneId && !lane.Sent.ContainsKey(e.Last)) is not { } unsent) continue;
            var delivered = await Readers[lane.Destination.Chain].TimeAsync(unsent.Log.Block.Height, ct);
            if (lane.Source.Time < delivered)
                behind.Add($"lane {lane.Lane}: {unsent.Last} was delivered at {delivered:u}, and of its source only what was final at {lane.Source.Time:u} is seen. Try again, or ask other endpoints");
        }
        return behind;
    }
}
