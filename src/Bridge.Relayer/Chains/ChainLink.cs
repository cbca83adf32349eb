using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Chains;

/// <summary>One configured chain: its endpoints, its Bridge and its finality.</summary>
public sealed class ChainLink
{
    public ChainLink(string name, ChainOptions options, HttpClient http)
    {
        (Name, Options) = (name, options);
        var rpc = new RpcOptions { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds), Chain = options.ChainId.ToString(CultureInfo.InvariantCulture) };
        var endpoints = options.Endpoints.Select(url => new RpcEndpoint(new Uri(url), http, rpc)).ToList();
        Client = new ChainClient(new ChainId(options.ChainId), endpoints, options.EffectiveQuorum);
        Bridge = new BridgeContract(Client, BridgeAddress);
        FeeModel = FeeModels.Find(options.FeeModel) ?? throw new FormatException($"'{options.FeeModel}' is no fee model.");
        Finality = FinalityPolicy.TryParse(options.Finality, out var policy) ? policy : throw new FormatException($"'{options.Finality}' is no finality policy.");
    }

    public string Name { get; }
    public ChainOptions Options { get; }
    public ChainId Id => Client.Chain;
    public Address BridgeAddress => Address.Parse(Options.Bridge);

    /// <summary>Null where nothing can be sent by signature.</summary>
    public Address? Intents => Options.Intents.Length > 0 ? Address.Parse(Options.Intents) : null;
    public Address Permit2 => Address.Parse(Options.Permit2);
    public ChainClient Client { get; }
    public BridgeContract Bridge { get; }
    public FinalityPolicy Finality { get; }
    public IFeeModel FeeModel { get; }
    public Eip712Domain Domain => new(Id, BridgeAddress);

    public Task<BlockHeader> FinalAsync(CancellationToken ct) => Client.FinalAsync(Finality, ct);
}

/// <summary>Every configured chain.</summary>
public sealed class ChainSet
{
    private readonly Dictionary<ChainId, ChainLink> _links;
    private readonly Dictionary<Hash32, Lane> _lanes;

    /// <param name="log">Hears of endpoints that contradict the others.</param>
    public ChainSet(BridgeOptions options, HttpClient http, ILogger? log = null)
    {
        _links = options.Chains.Select(c => new ChainLink(c.Key, c.Value, http)).ToDictionary(link => link.Id);
        if (log is not null)
            foreach (var link in _links.Values) link.Client.Disagreed += new DisagreementLog(log, TimeProvider.System).Hear;
        _lanes = Lanes.ToDictionary(LaneId);
    }

    public IReadOnlyCollection<ChainLink> All => _links.Values;

    public IEnumerable<Lane> Lanes =>
        from source in _links.Keys from destination in _links.Keys where source != destination select new Lane(source, destination);

    public ChainLink? Find(ChainId id) => _links.GetValueOrDefault(id);

    public ChainLink this[ChainId id] => _links[id];

    public bool Serves(Lane lane) => _links.ContainsKey(lane.Source) && _links.ContainsKey(lane.Destination);

    /// <summary>Null for the id of a lane that is not between two of these chains.</summary>
    public Lane? FindLane(Hash32 laneId) => _lanes.TryGetValue(laneId, out var lane) ? lane : null;

    public Hash32 LaneId(Lane lane) => RollingHash.LaneId(lane, this[lane.Source].BridgeAddress, this[lane.Destination].BridgeAddress);
}
