using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Submit;

/// <summary>What to call for an errand, and what it earns.</summary>
/// <param name="Revenue">Base units of the asset on that chain; null: it is the operator's own, and earns nothing.</param>
/// <param name="Deadline">After which it can only revert; null: never.</param>
public sealed record PlannedCall(Address To, byte[] Data, AssetId Asset, UInt128? Revenue, DateTimeOffset? Deadline);

/// <summary>
/// Makes calls of errands. An errand comes from a process that faces the internet, so it names no contract and no calldata that are believed:
/// both are made here, from the configuration and from what was read from the chains.
/// </summary>
public sealed class ErrandCall(ChainSet chains, TransferQueries transfers, FeePlan fees)
{
    /// <summary>A plan, or why there is none.</summary>
    public async Task<(PlannedCall? Call, string? Refusal)> PlanAsync(ChainLink chain, Errand errand, CancellationToken ct) => errand.Kind switch
    {
        ErrandKind.Intent => Intent(chain, errand.Intent!, errand.Signature!),
        ErrandKind.Fees => await fees.PlanAsync(new Lane(chain.Id, errand.Route!.Value.Destination), errand.Route.Value.Asset, errand.Id, ct),
        _ => await RetryAsync(chain, errand.MessageId!.Value, ct),
    };

    private static (PlannedCall?, string?) Intent(ChainLink chain, SignedIntent signed, byte[] signature)
    {
        if (chain.Intents is not { } contract || contract != signed.Contract) return (null, $"{signed.Contract} is not the Intents contract of chain {chain.Id} that is configured here");
        var intent = signed.Intent;
        return (new PlannedCall(contract, IntentsContract.Encode(signed.Method, intent, signature), intent.Asset, intent.RelayerFee, DateTimeOffset.FromUnixTimeSeconds((long)intent.Deadline)), null);
    }

    private async Task<(PlannedCall?, string?)> RetryAsync(ChainLink chain, Hash32 id, CancellationToken ct)
    {
        if (await transfers.ByIdAsync(id, ct) is not { } transfer || transfer.Lane.Destination != chain.Id || !chains.Serves(transfer.Lane)) return (null, $"{id} is no message to chain {chain.Id} that was read here");
        if (transfer.Status is not TransferStatus.Deferred) return (null, $"it is {transfer.Status}, not deferred");
        var data = BridgeContract.EncodeRetry(chains.LaneId(transfer.Lane), transfer.Sequence, MessageCodec.Encode(transfer.Message));
        return (new PlannedCall(chain.BridgeAddress, data, transfer.Message.Asset, transfer.Message.Fee, null), null);
    }
}
