using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Oracle;
using Bridge.Store;

namespace Bridge.Relayer.Submit;

/// <summary>
/// Works out the least fees of a route from what its destination charges now, and whether they are worth a transaction. It is asked again
/// before anything is signed, so a row in the database decides neither the fees nor when they are set.
/// </summary>
public sealed class FeePlan(ChainSet chains, SubmitterOptions options, OracleOptions prices, ErrandStore journal)
{
    /// <summary>A call to the source's Bridge, or why there is none.</summary>
    /// <param name="errand">Which asks; others count against the interval.</param>
    public async Task<(PlannedCall? Call, string? Refusal)> PlanAsync(Lane lane, AssetId asset, Guid? errand, CancellationToken ct)
    {
        if (options.Fees.ChangePercent == 0) return (null, "no fees are set here: Bridge:Submitter:Fees:ChangePercent is 0");
        if (!chains.Serves(lane)) return (null, $"lane {lane} is not configured here");
        var (source, destination) = (chains[lane.Source], chains[lane.Destination]);
        if (prices.Price(asset.Value, destination.Name) is not { } price) return (null, $"nobody says what the coin of chain {destination.Id} is worth in asset {asset}; set Bridge:Oracle:Prices");
        var interval = TimeSpan.FromSeconds(options.Fees.IntervalSeconds);
        if (await journal.FeesSetAsync(lane, asset, errand, interval, ct)) return (null, $"they were set within the last {options.Fees.IntervalSeconds} s (Bridge:Submitter:Fees:IntervalSeconds)");
        // A route without fees is closed, and whoever closed it opens it.
        if (await source.Bridge.MinimumFeesAsync(asset, lane.Destination, null, ct) is not { } current) return (null, $"asset {asset} has no fees on lane {lane}");

        var gas = await ChainReading.ReadAsync(destination, ct);
        var wanted = FeeSetting.Within(FeeSetting.Covering(gas.GasPrice(), gas.DataFee, price), await source.Bridge.FeeBoundsAsync(asset, lane.Destination, null, ct));
        return FeeSetting.HasMoved(current, wanted, options.Fees.ChangePercent)
            ? (new PlannedCall(source.BridgeAddress, BridgeContract.EncodeSetMinimumFees(asset, lane.Destination, wanted), asset, null, null), null)
            : (null, $"they are within {options.Fees.ChangePercent} percent of what a delivery costs");
    }
}
