using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Submit;

/// <param name="Refusal">It will never be done.</param>
/// <param name="Wait">It is not done now, and why.</param>
public sealed record Offer(GasFees Fees, ulong GasLimit, string? Refusal, string? Wait);

/// <summary>Simulates, and judges whether an errand pays for itself now. Nobody is served at a loss.</summary>
public sealed class ErrandWorth(SubmitterKey key, LiveOptions options)
{
    public async Task<Offer> JudgeAsync(ChainLink chain, PlannedCall call, DateTimeOffset now, CancellationToken ct)
    {
        if (call.Deadline < now) return Refuse("its deadline has passed");
        var price = options.Now.Oracle.Price(call.Asset.Value, chain.Name);
        if (call.Revenue is not null && price is null) return Refuse($"nobody says what the coin of chain {chain.Id} is worth in asset {call.Asset}; set Bridge:Oracle:Prices");
        ulong estimate;
        try
        {
            estimate = await chain.Client.EstimateGasAsync(key.Address, call.To, call.Data, ct);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            return Refuse($"the chain would refuse it: {(e.Data is { } data ? RevertReason.Describe(data) : e.Message)}");
        }
        var gas = estimate + (estimate / 5);
        var fees = await MarketAsync(chain, ct);
        if (fees.MaxFee > (UInt128)options.Now.Submitter.MaxFeeGwei * GasFees.Gwei) return new Offer(fees, gas, null, $"gas costs more than Bridge:Submitter:MaxFeeGwei allows ({options.Now.Submitter.MaxFeeGwei}); it waits for a cheaper block");
        return await JudgeCostAsync(chain, call, price, gas, estimate, fees, ct);
    }

    public static async Task<GasFees> MarketAsync(ChainLink chain, CancellationToken ct) =>
        GasFees.For((await chain.Client.HeadAsync(ct)).BaseFee, await chain.Client.SuggestedPriorityFeeAsync(ct));

    /// <summary>Revenue against what will be paid, which is today's price; the balance against what may be, which is the offer.</summary>
    private async Task<Offer> JudgeCostAsync(ChainLink chain, PlannedCall call, UInt128? price, ulong gas, ulong estimate, GasFees fees, CancellationToken ct)
    {
        var atMost = await chain.FeeModel.CostAsync(chain.Client, key.Address, call.To, call.Data, gas, fees, ct);
        var head = await chain.Client.HeadAsync(ct);
        if (call.Revenue is { } revenue && price is { } units)
        {
            var cost = DeliveryFee.InAsset(checked((estimate * (head.BaseFee + fees.PriorityFee)) + atMost.Data), units);
            if (revenue < cost) return new Offer(fees, gas, null, $"it earns {revenue} base units and gas costs {cost} now; it waits for a cheaper block");
        }
        var balance = await chain.Client.BalanceAsync(key.Address, ct);
        return new Offer(fees, gas, null, balance < atMost.Total ? $"the submitter {key.Address} has {balance} wei and up to {atMost.Total} are needed; send it coin" : null);
    }

    private static Offer Refuse(string why) => new(default, 0, why, null);
}
