using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// One chain through n endpoints of which q must agree. What decides (blocks, logs, state at a height) is asked of all of them at
/// once and believed when q say the same; what only helps (gas estimates, the latest state) is asked of one. Safe for concurrent use.
/// </summary>
public sealed partial class ChainClient
{
    private volatile EndpointGroup _group;
    private ChainIdentity _identity;
    private readonly TimeProvider _time;

    /// <param name="quorum">From 1 to the number of endpoints.</param>
    /// <exception cref="ArgumentException">The quorum is out of that range, or an endpoint is listed twice.</exception>
    public ChainClient(ChainId chain, IReadOnlyList<RpcEndpoint> endpoints, int quorum, TimeProvider? time = null)
    {
        RequireSound(chain, endpoints, quorum);
        Chain = chain;
        _identity = new ChainIdentity(chain, quorum);
        _time = time ?? TimeProvider.System;
        _group = new EndpointGroup(chain, [.. endpoints.Select(e => new EndpointState(e, _identity, _time))], quorum, OnDisagreement);
    }

    public ChainId Chain { get; }

    /// <summary>In the order of the endpoints given.</summary>
    public IReadOnlyList<EndpointHealth> Health => [.. _group.Endpoints.Select(e => e.Health)];

    /// <summary>Called for each answer that contradicts a quorum, from any thread; it must not block.</summary>
    public event Action<Disagreement>? Disagreed;

    /// <summary>
    /// Asks every endpoint which chain it serves: by its id, and by its genesis block. One that does not answer now is asked again before its
    /// first answer counts, and everyone again after each failure.
    /// </summary>
    /// <exception cref="WrongChainException">One serves another chain, whatever the others do.</exception>
    /// <exception cref="EndpointQuorumException">Fewer than the quorum answered.</exception>
    public Task ConnectAsync(CancellationToken ct) => ConnectAsync(_group, ct);

    /// <summary>
    /// Readies other endpoints: asks them what <see cref="ConnectAsync(CancellationToken)"/> asks, and whether they serve the chain that was followed
    /// until now. Those that stay keep their record.
    /// </summary>
    /// <returns>Goes over to them; until it is called, and whatever is thrown here, the old ones are in use.</returns>
    /// <exception cref="ArgumentException">The quorum is out of range, or an endpoint is listed twice.</exception>
    /// <exception cref="WrongChainException">One serves another chain, or another genesis block than before.</exception>
    /// <exception cref="EndpointQuorumException">Fewer than the quorum answered.</exception>
    public async Task<Action> PrepareMoveAsync(IReadOnlyList<RpcEndpoint> endpoints, int quorum, CancellationToken ct)
    {
        RequireSound(Chain, endpoints, quorum);
        var (before, identity) = (_group, _identity.WithQuorum(quorum));
        var next = new EndpointGroup(
            Chain, [.. endpoints.Select(e => before.Endpoints.FirstOrDefault(state => state.Serves(e)) ?? new EndpointState(e, identity, _time))], quorum, OnDisagreement);
        await ConnectAsync(next, ct);
        return () =>
        {
            next.SawFinal(before.Final);
            (_identity, _group) = (identity, next);
        };
    }

    private async Task ConnectAsync(EndpointGroup group, CancellationToken ct)
    {
        var said = new List<(EndpointState, string)>();
        var reached = 0;
        await foreach (var outcome in group.AskAllAsync((e, t) => e.AskAsync((_, _) => Task.FromResult(true), t), ct))
        {
            if (outcome.Fault is WrongChainException wrong) throw wrong;
            if (outcome.IsAnswer) reached++;
            said.Add((outcome.Endpoint, outcome.Fault?.Message ?? "the right chain id"));
        }
        if (reached < group.Quorum) throw group.Disagreement("chain id", reached, said);
        // Whoever was admitted before a quorum named the genesis block is compared with it now.
        await group.AgreeAsync("genesis block", 0, (e, t) => BlockOfAsync(e, Quantity.Of(0), 0, t), block => block.Hash.ToString(), ct);
    }

    /// <summary>Agreed by the quorum at a height; without one, the latest state of one endpoint, which proves nothing.</summary>
    /// <exception cref="RpcException">Kind Reverted if the call reverts, with its data.</exception>
    /// <exception cref="EndpointQuorumException">No quorum gave the same result.</exception>
    public Task<byte[]> CallAsync(Address to, byte[] data, ulong? height, Address? from, CancellationToken ct)
    {
        object?[] parameters = [Transaction(from, to, data), height is { } h ? Quantity.Of(h) : "latest"];
        return height is null
            ? _group.AnyAsync(Ask, ct)
            : _group.AgreeAsync($"call of {to} at block {height}", height.Value, Ask, Fingerprint.Of, ct);

        async Task<byte[]> Ask(EndpointState endpoint, CancellationToken token) =>
            await endpoint.AskAsync(async (rpc, t) => new RpcRead(rpc.Url).Data(await rpc.CallAsync("eth_call", parameters, t)), token);
    }

    /// <summary>As above, from no account in particular.</summary>
    public Task<byte[]> CallAsync(Address to, byte[] data, ulong? height, CancellationToken ct) => CallAsync(to, data, height, null, ct);

    /// <summary>Wei at the latest block of one endpoint.</summary>
    public Task<UInt128> BalanceAsync(Address account, CancellationToken ct) => _group.AnyAsync(
        (e, t) => e.AskAsync(async (rpc, token) =>
            new RpcRead(rpc.Url).UInt128(await rpc.CallAsync("eth_getBalance", [account.ToString(), "latest"], token)), t), ct);

    private static void RequireSound(ChainId chain, IReadOnlyList<RpcEndpoint> endpoints, int quorum)
    {
        if (quorum < 1 || quorum > endpoints.Count)
            throw new ArgumentException($"Chain {chain}: the quorum of {endpoints.Count} endpoints is 1 to {endpoints.Count}, not {quorum}.", nameof(quorum));
        if (endpoints.GroupBy(e => e.Url).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Chain {chain}: {RpcEndpoint.Describe(twice.Key)} is listed twice; it would agree with itself.", nameof(endpoints));
    }

    private void OnDisagreement(Disagreement disagreement)
    {
        RpcMeter.Disagreed(Chain, disagreement);
        Disagreed?.Invoke(disagreement);
    }

    /// <summary>The call object of eth_call and eth_estimateGas.</summary>
    private static Dictionary<string, string> Transaction(Address? from, Address to, byte[] data)
    {
        var call = new Dictionary<string, string> { ["to"] = to.ToString(), ["data"] = Hex.Format(data) };
        if (from is { } sender) call["from"] = sender.ToString();
        return call;
    }
}
