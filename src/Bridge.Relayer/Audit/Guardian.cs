using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Audit;

/// <summary>Pauses every Bridge when value is in danger, through the auditor's own endpoints. Its key can do nothing else: only <c>pause()</c> is ever signed.</summary>
public sealed class Guardian(ISigner signer, LiveOptions options, HttpClient http, AuditStore store, ILogger<Guardian> log)
{
    /// <summary>Broken, these say that value moved, or can move, without a reason.</summary>
    public static readonly IReadOnlyList<string> Laws = ["L1", "L2", "L4", "L5", "L10"];

    /// <summary>A pause that ends sooner is renewed. The contract's lasts three days.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromDays(2);

    private readonly Dictionary<ChainId, (AuditedChain Chain, ChainClient Client)> _clients = [];

    /// <summary>Pauses where a recorded violation asks for it. A chain that cannot be paused now does not keep the others from it.</summary>
    /// <exception cref="Exception">What kept a chain from being paused; the next call tries again.</exception>
    public Task PauseAsync(CancellationToken ct) => Each.DoAsync(Auditors.Chains(options.Now), async chain =>
    {
        if (await store.PauseReasonAsync(Laws, chain.Id, ct) is not { } reason) return;
        var bridge = new BridgeContract(Client(chain), chain.Bridge);
        var transaction = await IsPausedAsync(bridge, ct) ? (Hash32?)null
            : await SingleCall.SendAsync(bridge.Chain, signer, bridge.Address, BridgeContract.EncodePause(), $"Does {signer.Address} have the role GUARDIAN?", ct);
        await store.SavePauseAsync(chain.Id, reason, transaction, ct);
        log.LogCritical("chain {Chain}: paused in {Transaction}, because of {Reason}", chain.Name, transaction?.ToString() ?? "an earlier transaction", reason.Detail);
    }, ct);

    private ChainClient Client(AuditedChain chain)
    {
        if (!_clients.TryGetValue(chain.Id, out var made) || made.Chain.Quorum != chain.Quorum || !made.Chain.Endpoints.SequenceEqual(chain.Endpoints))
            _clients[chain.Id] = made = (chain, chain.Connect(http));
        return made.Client;
    }

    private static async Task<bool> IsPausedAsync(BridgeContract bridge, CancellationToken ct)
    {
        var head = await bridge.Chain.HeadAsync(ct);
        return (await bridge.PausesAsync(bridge.Chain.Chain, new AssetId(0), head.Time, head.Height, ct)).Everything > head.Time + Enough;
    }
}
