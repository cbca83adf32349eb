using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
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

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly Dictionary<ChainId, (AuditedChain Chain, ChainClient Client)> _clients = [];

    /// <summary>Pauses where a recorded violation asks for it. A chain that cannot be paused now does not keep the others from it.</summary>
    /// <exception cref="Exception">What kept a chain from being paused; the next call tries again.</exception>
    public Task PauseAsync(CancellationToken ct) => Each.DoAsync(Auditors.Chains(options.Now), async chain =>
    {
        if (await store.PauseReasonAsync(Laws, chain.Id, ct) is not { } reason) return;
        var bridge = new BridgeContract(Client(chain), chain.Bridge);
        var transaction = await IsPausedAsync(bridge, ct) ? (Hash32?)null : await SendAsync(bridge, ct);
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

    private async Task<Hash32> SendAsync(BridgeContract bridge, CancellationToken ct)
    {
        var client = bridge.Chain;
        var data = BridgeContract.EncodePause();
        var gas = await client.EstimateGasAsync(signer.Address, bridge.Address, data, ct);
        var fees = GasFees.For((await client.HeadAsync(ct)).BaseFee, await client.SuggestedPriorityFeeAsync(ct));
        // The nonce of what is mined: a pause that is stuck in the pool is sent again in its own place.
        var nonce = await client.NonceAsync(signer.Address, pending: false, ct);
        var (raw, hash) = await new Eip1559Transaction(client.Chain, nonce, fees, gas + (gas / 5), bridge.Address, 0, data).SignAsync(signer, ct);
        await client.BroadcastAsync(raw, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            if (await client.ReceiptAsync(hash, limit.Token) is { } receipt)
                return receipt.Succeeded ? hash : throw new InvalidOperationException($"chain {client.Chain}: pausing reverted in {hash}. Does {signer.Address} have the role GUARDIAN?");
            await Task.Delay(Poll, limit.Token);
        }
    }
}
