using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Chains;

/// <summary>One configured chain: its endpoints, its Bridge and its finality.</summary>
public sealed class ChainLink
{
    private readonly HttpClient _http;
    private volatile ChainOptions _options;

    public ChainLink(string name, ChainOptions options, HttpClient http)
    {
        (Name, _options, _http) = (name, options, http);
        Client = new ChainClient(new ChainId(options.ChainId), Endpoints(options), options.EffectiveQuorum);
        Bridge = new BridgeContract(Client, BridgeAddress);
        FeeModel = FeeModels.Find(options.FeeModel) ?? throw new FormatException($"'{options.FeeModel}' is no fee model.");
        Finality = FinalityPolicy.TryParse(options.Finality, out var policy) ? policy : throw new FormatException($"'{options.Finality}' is no finality policy.");
    }

    public string Name { get; }
    public ChainOptions Options => _options;
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

    /// <summary>Readies what may change while this process runs.</summary>
    /// <returns>Changes it; until it is called, and whatever is thrown here, nothing has changed.</returns>
    /// <exception cref="WrongChainException">An endpoint serves another chain.</exception>
    /// <exception cref="EndpointQuorumException">Fewer of the new endpoints answer than must agree.</exception>
    public async Task<Action> PrepareAsync(ChainOptions options, CancellationToken ct)
    {
        var moves = options.EffectiveQuorum != Options.EffectiveQuorum || options.TimeoutSeconds != Options.TimeoutSeconds || !options.Endpoints.SequenceEqual(Options.Endpoints);
        var move = moves ? await Client.PrepareMoveAsync(Endpoints(options), options.EffectiveQuorum, ct) : null;
        return () =>
        {
            move?.Invoke();
            _options = options;
        };
    }

    public Task<BlockHeader> FinalAsync(CancellationToken ct) => Client.FinalAsync(Finality, ct);

    private List<RpcEndpoint> Endpoints(ChainOptions options)
    {
        var rpc = new RpcOptions { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds), Chain = options.ChainId.ToString(CultureInfo.InvariantCulture) };
        return [.. options.Endpoints.Select(url => new RpcEndpoint(new Uri(url), _http, rpc))];
    }
}
