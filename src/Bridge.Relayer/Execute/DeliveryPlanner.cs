using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>A delivery that the destination's latest block accepts.</summary>
public sealed record PlannedDelivery(Lane Lane, Sequence First, Sequence Last, byte[] Data, ulong GasLimit);

/// <summary>Picks the highest certified checkpoint that fits into one transaction, and simulates before anything is paid.</summary>
public sealed class DeliveryPlanner(ChainSet chains, AttestationStore attestations, DirectoryStore directory, DeliveryCalldata calldata, ILogger<DeliveryPlanner> log)
{
    public async Task<PlannedDelivery?> PlanAsync(Lane lane, Address account, int maxBatch, ulong maxGas, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return null;
        var destination = chains[lane.Destination];
        var inbound = await destination.Bridge.InboundAsync(lane.Source, null, ct);
        for (var batch = (ulong)maxBatch; batch > 0; batch /= 2)
        {
            var ceiling = new Sequence(checked(inbound.Sequence.Value + batch));
            if (await attestations.NewestCertifiedAsync(lane, inbound.Sequence, ceiling, current.Set.Epoch, ct) is not { } certified) return null;
            var plan = await SimulateAsync(lane, inbound.Sequence.Next(), certified.Checkpoint.Sequence, account, ct);
            if (plan is null || plan.GasLimit <= maxGas) return plan;
        }
        log.LogError("lane {Lane}: not even one message fits into {MaxGas} gas. Raise Bridge:Executor:MaxGas", lane, maxGas);
        return null;
    }

    private async Task<PlannedDelivery?> SimulateAsync(Lane lane, Sequence first, Sequence last, Address account, CancellationToken ct)
    {
        var data = await calldata.BuildAsync(lane, first, last, ct);
        var destination = chains[lane.Destination];
        try
        {
            var gas = await destination.Client.EstimateGasAsync(account, destination.BridgeAddress, data, ct);
            return new PlannedDelivery(lane, first, last, data, GasWithMargin(gas));
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            var inbound = await destination.Bridge.InboundAsync(lane.Source, null, ct);
            if (inbound.Sequence >= first) return null; // Somebody else delivered in the meantime: that is success.
            throw new InvalidOperationException($"lane {lane}: delivering {first} to {last} would revert: {(e.Data is { } reverted ? RevertReason.Describe(reverted) : e.Message)}", e);
        }
    }

    /// <summary>A fifth more than estimated: balances may change from non-zero to zero between simulation and inclusion.</summary>
    public static ulong GasWithMargin(ulong estimate) => checked(estimate + (estimate / 5) + 20_000);
}
