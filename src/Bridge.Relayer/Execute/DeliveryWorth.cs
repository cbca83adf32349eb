using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Holds a delivery back that does not pay for its gas yet, for as long as the operator allows.</summary>
public sealed class DeliveryWorth(ExecutorKey key, ExecutorOptions options, ChainSet chains, RewardStore rewards, DirectoryStore directory, AttestationStore attestations)
{
    /// <summary>What it waits for, in words; null when it goes.</summary>
    public async Task<string?> WaitAsync(PlannedDelivery plan, CancellationToken ct)
    {
        if (options.MaxWaitSeconds == 0 || await rewards.WorthAsync(plan.Lane, plan.First, plan.Last, ct) is not { } earns) return null;
        var chain = chains[plan.Lane.Destination];
        var head = await chain.Client.HeadAsync(ct);
        var price = head.BaseFee + await chain.Client.SuggestedPriorityFeeAsync(ct);
        // By the price of this moment, not by what is offered at most; the chain's own charge for the data comes on top.
        var atMost = await chain.FeeModel.CostAsync(chain.Client, key.Address, chain.BridgeAddress, plan.Data, plan.GasLimit, GasFees.For(head.BaseFee, price - head.BaseFee), ct);
        var costs = checked((plan.GasLimit * price) + atMost.Data);
        var waited = await directory.CurrentSetAsync(plan.Lane.Destination, ct) is var (_, set)
            ? await attestations.WaitedAsync(plan.Lane, new Sequence(plan.First.Value - 1), set.Epoch, ct) ?? TimeSpan.Zero
            : TimeSpan.Zero;
        return DeliveryWait.Reason(earns, costs, waited, TimeSpan.FromSeconds(options.MaxWaitSeconds)) is { } reason ? $"lane {plan.Lane}: {plan.First} to {plan.Last}: {reason}" : null;
    }
}
