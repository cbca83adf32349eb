using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Execute;

/// <summary>What to offer for a transaction, or why nothing may be offered now, and what to do about that.</summary>
public sealed record FeeOffer(GasFees? Fees, string? Refusal);

/// <summary>Asks the market, within the operator's limits.</summary>
public sealed class FeeOffers(ExecutorKey key, LiveOptions options)
{
    /// <param name="last">Of the transaction to be replaced, if one is.</param>
    public async Task<FeeOffer> ForAsync(ChainLink chain, GasFees? last, CancellationToken ct)
    {
        var head = await chain.Client.HeadAsync(ct);
        var market = GasFees.For(head.BaseFee, await chain.Client.SuggestedPriorityFeeAsync(ct));
        var cap = (UInt128)options.Now.Executor.MaxFeeGwei * GasFees.Gwei;
        if (market.MaxFee > cap) return new FeeOffer(null, $"gas costs more than Bridge:Executor:MaxFeeGwei allows ({options.Now.Executor.MaxFeeGwei}); it waits for a cheaper block, or raise the limit");
        if (last is not { } before) return new FeeOffer(market, null);
        return FeeBump.Replace(before, market, cap) is { } more
            ? new FeeOffer(more, null)
            : new FeeOffer(null, $"its last offer is far above the market already; it waits to be mined with that");
    }

    /// <summary>Why this delivery is not paid for, and a warning if the account runs low.</summary>
    public async Task<(string? Refusal, string? Warning)> JudgeAsync(ChainLink chain, PlannedDelivery plan, GasFees fees, CancellationToken ct)
    {
        var cost = await chain.FeeModel.CostAsync(chain.Client, key.Address, chain.BridgeAddress, plan.Data, plan.GasLimit, fees, ct);
        var balance = await chain.Client.BalanceAsync(key.Address, ct);
        var lasts = cost.Total == 0 ? UInt128.MaxValue : balance / cost.Total;
        return (cost.Refusal(balance, (UInt128)options.Now.Executor.MaxCostGwei * GasFees.Gwei),
            lasts < (UInt128)options.Now.Executor.LowWaterDeliveries ? $"{key.Address} has {balance} wei, enough for {lasts} deliveries; send it coin" : null);
    }
}
