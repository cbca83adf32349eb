using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>A delivery that the destination's latest block accepts.</summary>
public sealed record PlannedDelivery(Lane Lane, Sequence First, Sequence Last, byte[] Data, ulong GasLimit);

/// <summary>Picks the highest certified checkpoint that fits into one transaction, and simulates before anything is paid.</summary>
public sealed class DeliveryPlanner(
    ChainSet chains, TransferStore transfers, AttestationStore attestations, DirectoryStore directory, DeliveryCalldata calldata, ILogger<DeliveryPlanner> log)
{
    public async Task<PlannedDelivery?> PlanAsync(Lane lane, Address account, int maxBatch, ulong maxGas, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return null;
        var inbound = await chains[lane.Destination].Bridge.InboundAsync(lane.Source, null, ct);
        if (await DeliveredAsync(lane, inbound, ct) is not { } delivered) return null;
        for (var batch = (ulong)maxBatch; batch > 0; batch /= 2)
        {
            var ceiling = new Sequence(checked(delivered.Value + batch));
            if (await attestations.NewestCertifiedAsync(lane, delivered, ceiling, current.Set.Epoch, ct) is not { } certified) return null;
            var plan = await SimulateAsync(lane, inbound, delivered.Next(), certified.Checkpoint.Sequence, account, ct);
            if (plan is null || plan.GasLimit <= maxGas) return plan;
        }
        log.LogError("lane {Lane}: not even one message fits into {MaxGas} gas. Raise Bridge:Executor:MaxGas", lane, maxGas);
        return null;
    }

    /// <summary>How far the destination is, of which it keeps the rolling hash alone. Null while that cannot be said here.</summary>
    private async Task<Sequence?> DeliveredAsync(Lane lane, Hash32 inbound, CancellationToken ct)
    {
        var delivered = await transfers.SequenceAsync(lane, inbound, ct);
        if (delivered is null && inbound.IsZero) log.LogWarning("lane {Lane}: it is not open on chain {Destination}", lane, lane.Destination);
        else if (delivered is null) log.LogWarning("lane {Lane}: chain {Destination} is at {Inbound}, which was not read from chain {Source} yet", lane, lane.Destination, inbound, lane.Source);
        return delivered;
    }

    private async Task<PlannedDelivery?> SimulateAsync(Lane lane, Hash32 inbound, Sequence first, Sequence last, Address account, CancellationToken ct)
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
            // Somebody else delivered in the meantime, and the certificate does not fit onto that: the messages are where they belong.
            if (await destination.Bridge.InboundAsync(lane.Source, null, ct) != inbound) return null;
            throw new InvalidOperationException($"lane {lane}: delivering {first} to {last} would revert: {(e.Data is { } reverted ? RevertReason.Describe(reverted) : e.Message)}", e);
        }
    }

    /// <summary>A fifth more than estimated: balances may change from non-zero to zero between simulation and inclusion.</summary>
    public static ulong GasWithMargin(ulong estimate) => checked(estimate + (estimate / 5) + 20_000);
}
