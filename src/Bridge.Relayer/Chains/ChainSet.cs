using System.Collections.Immutable;
using Bridge.Core;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Chains;

/// <summary>Every configured chain. One can be added while others are being read.</summary>
public sealed class ChainSet
{
    private sealed record State(ImmutableDictionary<ChainId, ChainLink> Links, ImmutableDictionary<Hash32, Lane> Lanes);

    private readonly Action<ChainLink> _listen;
    private readonly HttpClient _http;
    private volatile State _state = new(ImmutableDictionary<ChainId, ChainLink>.Empty, ImmutableDictionary<Hash32, Lane>.Empty);

    /// <param name="log">Hears of endpoints that contradict the others.</param>
    public ChainSet(BridgeOptions options, HttpClient http, ILogger? log = null)
    {
        _http = http;
        _listen = link => { if (log is not null) link.Client.Disagreed += new DisagreementLog(log, TimeProvider.System).Hear; };
        foreach (var (name, chain) in options.Chains) Add(Open(name, chain));
    }

    public IReadOnlyCollection<ChainLink> All => [.. _state.Links.Values];

    public IEnumerable<Lane> Lanes => _state.Lanes.Values;

    public ChainLink? Find(ChainId id) => _state.Links.GetValueOrDefault(id);

    public ChainLink this[ChainId id] => _state.Links[id];

    public bool Serves(Lane lane) => _state.Links.ContainsKey(lane.Source) && _state.Links.ContainsKey(lane.Destination);

    /// <summary>Null for the id of a lane that is not between two of these chains.</summary>
    public Lane? FindLane(Hash32 laneId) => _state.Lanes.TryGetValue(laneId, out var lane) ? lane : null;

    public Hash32 LaneId(Lane lane) => LaneId(_state.Links, lane);

    /// <summary>A chain that is not among these yet.</summary>
    public ChainLink Open(string name, ChainOptions options) => new(name, options, _http);

    /// <summary>From now on its lanes are served. Called by one thread at a time.</summary>
    public void Add(ChainLink link)
    {
        _listen(link);
        var links = _state.Links.Add(link.Id, link);
        var lanes = from source in links.Keys from destination in links.Keys where source != destination select new Lane(source, destination);
        _state = new State(links, lanes.ToImmutableDictionary(lane => LaneId(links, lane)));
    }

    private static Hash32 LaneId(ImmutableDictionary<ChainId, ChainLink> links, Lane lane) =>
        RollingHash.LaneId(lane, links[lane.Source].BridgeAddress, links[lane.Destination].BridgeAddress);
}
