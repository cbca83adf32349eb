using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>A delivery that the destination's latest block accepts.</summary>
public sealed record PlannedDelivery(Lane Lane, Sequence First, Sequence Last, byte[] Data, ulong GasLimit);

/// <summary>A lane's next messages do not fit into a transaction, or would revert. The message says which and why.</summary>
public sealed class UndeliverableException(string message) : Exception(message);

/// <summary>Picks the highest certified checkpoint that fits into one transaction, and simulates before anything is paid.</summary>
public sealed class DeliveryPlanner(
    ChainSet chains, TransferStore transfers, AttestationStore attestations, DirectoryStore directory, DeliveryCalldata calldata, ILogger<DeliveryPlanner> log)
{
    /// <summary>Of the 128 KiB that nodes accept as a transaction.</summary>
    private const int MaxData = 120_000;

    /// <summary>Who delivered within this time is taken to be at work.</summary>
    private static readonly TimeSpan AtWork = TimeSpan.FromMinutes(10);

    /// <summary>Past its turn, a delivery that somebody else's pending transaction stands before is tried all the same: that one may never be mined.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="after">The last message that this account has underway: what follows is simulated as if it were delivered. Null if it has nothing underway.</param>
    public async Task<PlannedDelivery?> PlanAsync(Lane lane, Address account, Sequence? after, ExecutorOptions limits, CancellationToken ct) =>
        after is { } last ? await PlanBehindAsync(lane, account, last, limits, ct) : await PlanNextAsync(lane, account, limits, ct);

    private async Task<PlannedDelivery?> PlanNextAsync(Lane lane, Address account, ExecutorOptions limits, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return null;
        var inbound = await chains[lane.Destination].Bridge.InboundAsync(lane.Source, null, ct);
        if (await DeliveredAsync(lane, inbound, ct) is not { } delivered) return null;
        var certified = await CertifiedAsync(lane, delivered, limits, current.Set.Epoch, ct);
        if (certified.Count == 0) return null;
        var waited = await attestations.WaitedAsync(lane, delivered, current.Set.Epoch, ct) ?? TimeSpan.Zero;
        var turn = TurnOrder.Wait(inbound, await attestations.DeliverersAsync(lane.Destination, AtWork, ct), account);
        if (waited < turn) return null;
        var plan = await LargestAsync(lane, inbound, null, delivered.Next(), certified, account, limits.MaxGas, ct);
        return plan is null || waited > turn + Patience || await IsFreeAsync(plan, account, ct) ? plan : null;
    }

    /// <summary>Nobody else's turn is asked for: whoever has the lane's last delivery underway goes on.</summary>
    private async Task<PlannedDelivery?> PlanBehindAsync(Lane lane, Address account, Sequence last, ExecutorOptions limits, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return null;
        var certified = await CertifiedAsync(lane, last, limits, current.Set.Epoch, ct);
        if (certified.Count == 0 || await transfers.RollingHashAsync(lane, last, ct) is not { } behind) return null;
        var bridge = chains[lane.Destination].BridgeAddress;
        var ahead = new AssumedWord(bridge, LaneSlots.Inbound(RollingHash.LaneId(lane, chains[lane.Source].BridgeAddress, bridge)), behind);
        return await LargestAsync(lane, behind, ahead, last.Next(), certified, account, limits.MaxGas, ct);
    }

    private Task<IReadOnlyList<Sequence>> CertifiedAsync(Lane lane, Sequence delivered, ExecutorOptions limits, Epoch epoch, CancellationToken ct) =>
        attestations.CertifiedAsync(lane, delivered, new Sequence(checked(delivered.Value + (ulong)limits.MaxBatch)), epoch, ct);

    /// <summary>Whether no pending transaction delivers the same: it would be mined first, and ours in vain.</summary>
    private async Task<bool> IsFreeAsync(PlannedDelivery plan, Address account, CancellationToken ct)
    {
        var destination = chains[plan.Lane.Destination];
        try
        {
            await destination.Client.EstimateGasAsync(account, destination.BridgeAddress, plan.Data, ct, pending: true);
            return true;
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            log.LogInformation("lane {Lane}: somebody else's delivery of {First} is pending", plan.Lane, plan.First);
            return false;
        }
    }

    /// <summary>The highest of the certified sequences that fits: all of them if they do, else by bisection.</summary>
    /// <param name="inbound">Where the destination stands, or will once what is underway is mined.</param>
    /// <param name="ahead">That it is there already; null where it is.</param>
    /// <exception cref="UndeliverableException">Not even the lowest can be delivered.</exception>
    private async Task<PlannedDelivery?> LargestAsync(
        Lane lane, Hash32 inbound, AssumedWord? ahead, Sequence first, IReadOnlyList<Sequence> certified, Address account, ulong maxGas, CancellationToken ct)
    {
        PlannedDelivery? best = null;
        var (fits, tooLarge, refusal) = (-1, certified.Count, "");
        for (var probe = certified.Count - 1; fits < tooLarge - 1; probe = (fits + tooLarge) / 2)
        {
            var (plan, reason) = await TryAsync(lane, inbound, ahead, first, certified[probe], account, maxGas, ct);
            if (plan is null && reason is null) return null; // Somebody else delivers at this moment.
            if (plan is not null) (best, fits) = (plan, probe);
            else (tooLarge, refusal) = (probe, reason);
        }
        return best ?? throw new UndeliverableException($"lane {lane}: {first} to {certified[0]} cannot be delivered: {refusal}");
    }

    /// <summary>How far the destination is, of which it keeps the rolling hash alone. Null while that cannot be said here.</summary>
    private async Task<Sequence?> DeliveredAsync(Lane lane, Hash32 inbound, CancellationToken ct)
    {
        var delivered = await transfers.SequenceAsync(lane, inbound, ct);
        if (delivered is null && inbound.IsZero) log.LogWarning("lane {Lane}: it is not open on chain {Destination}", lane, lane.Destination);
        else if (delivered is null) log.LogWarning("lane {Lane}: chain {Destination} is at {Inbound}, which was not read from chain {Source} yet", lane, lane.Destination, inbound, lane.Source);
        return delivered;
    }

    /// <summary>A plan, or why there is none; neither when the lane moved on meanwhile.</summary>
    private async Task<(PlannedDelivery? Plan, string? Refusal)> TryAsync(
        Lane lane, Hash32 inbound, AssumedWord? ahead, Sequence first, Sequence last, Address account, ulong maxGas, CancellationToken ct)
    {
        var data = await calldata.BuildAsync(lane, first, last, ct);
        if (data.Length > MaxData) return (null, $"{data.Length} bytes of calldata are more than the {MaxData} that nodes accept");
        var destination = chains[lane.Destination];
        try
        {
            var gas = GasWithMargin(ahead is { } assumed
                ? await destination.Client.EstimateGasAsync(account, destination.BridgeAddress, data, assumed, ct)
                : await destination.Client.EstimateGasAsync(account, destination.BridgeAddress, data, ct));
            return gas <= maxGas
                ? (new PlannedDelivery(lane, first, last, data, gas), null)
                : (null, $"{gas} gas is more than Bridge:Executor:MaxGas = {maxGas}. Raise it, up to 16777216");
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            // An endpoint that can assume nothing may not hold what is underway as pending: then it waits until that is mined.
            if (ahead is not null) return (null, null);
            // The certificate does not fit onto what somebody else has delivered meanwhile: the messages are where they belong.
            if (await destination.Bridge.InboundAsync(lane.Source, null, ct) != inbound) return (null, null);
            return (null, $"it would revert with {(e.Data is { } reverted ? RevertReason.Describe(reverted) : e.Message)}");
        }
    }

    /// <summary>A fifth more than estimated: balances may change from non-zero to zero between simulation and inclusion.</summary>
    public static ulong GasWithMargin(ulong estimate) => checked(estimate + (estimate / 5) + 20_000);
}
