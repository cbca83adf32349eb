using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <summary>Posts the newest signed root to a LogAnchor contract: from then on the chain contradicts whoever tells another history.</summary>
public sealed class LogAnchorer(ChainLink chain, Address contract, BridgeOptions options, LogKey key, LogReader reader, LogStore store, TimeProvider time, DirectoryStore directory, ILogger<LogAnchorer> log)
    : Worker($"log anchor {chain.Id}", directory, log)
{
    private static readonly AbiFunction Anchor = new("anchor(bytes32,uint64,bytes32)");
    private static readonly AbiFunction Newest = new("newest(address,bytes32)", "(uint64,uint64,bytes32)");

    private readonly Hash32 _origin = Keccak256.Hash(options.Log.Origin);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var last = await store.AnchoredAsync(chain.Id, ct);
        if (last is { } before && time.GetUtcNow() - before.At < TimeSpan.FromSeconds(options.Log.AnchorSeconds)) return null;
        if ((await reader.CheckpointAsync(ct))?.Checkpoint is not { } checkpoint || checkpoint.Size <= last?.Size) return null;
        if (await OnChainAsync(ct) >= checkpoint.Size) return $"chain {chain.Id} has a root of as many leaves already";
        var transaction = await SingleCall.SendAsync(
            chain.Client, key.Signer, contract, Anchor.Encode(_origin, checkpoint.Size, checkpoint.Root), $"Is {contract} a LogAnchor, and has {key.Signer.Address} gas?", ct);
        await store.SaveAnchorAsync(chain.Id, checkpoint.Size, transaction, ct);
        log.LogInformation("chain {Chain}: root of {Size} leaves posted in {Transaction}", chain.Id, checkpoint.Size, transaction);
        return null;
    }

    /// <summary>A step, once begun, is done to its end.</summary>
    public override bool MustDrain => true;

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(1), ct);

    private async Task<ulong> OnChainAsync(CancellationToken ct) =>
        (ulong)(System.Numerics.BigInteger)Newest.DecodeResult(await chain.Client.CallAsync(contract, Newest.Encode(key.Signer.Address, _origin), null, ct))[0];
}
