using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;

namespace Bridge.Relayer.Oracle;

/// <summary>Fees, limits, holds and pauses of one asset's way through a lane.</summary>
public sealed class RouteReading(ChainSet chains, OracleOptions options)
{
    private static readonly MinimumFees Closed = new(0, 0, 0, 0, 0);

    /// <summary>Null where one end does not list the asset.</summary>
    public async Task<RouteRow?> ReadAsync(Lane lane, AssetId asset, CancellationToken ct)
    {
        var (source, destination) = (chains[lane.Source], chains[lane.Destination]);
        if (await source.Bridge.AssetAsync(asset, null, ct) is null || await destination.Bridge.AssetAsync(asset, null, ct) is not { } there) return null;
        var fees = await source.Bridge.MinimumFeesAsync(asset, lane.Destination, null, ct);
        var outbound = await source.Bridge.OutboundLimitAsync(asset, null, ct) ?? new BucketState(0, 0, 0);
        var inbound = await destination.Bridge.InboundLimitAsync(asset, null, ct);
        var hold = await destination.Bridge.HoldAsync(asset, null, ct) ?? new HoldState(0, 0);
        var pause = await PauseAsync(source, destination, asset, ct);
        return new RouteRow
        {
            SourceChain = lane.Source, DestinationChain = lane.Destination, AssetId = asset, IsOpen = fees is not null,
            FeeTransfer = (fees ?? Closed).Transfer, FeeTransferTo = (fees ?? Closed).TransferTo, FeeCallBase = (fees ?? Closed).CallBase,
            FeeCallPerGas = (fees ?? Closed).CallPerGas, FeeCallPerByte = (fees ?? Closed).CallPerByte,
            OutboundCapacity = outbound.Capacity, OutboundPeriod = outbound.Period, OutboundAvailable = outbound.Available,
            InboundCapacity = inbound.Capacity, InboundPeriod = inbound.Period, InboundAvailable = inbound.Available,
            HoldThreshold = hold.Threshold, HoldSeconds = hold.Seconds, Locked = there.Mode == "mint" ? null : there.Locked,
            PausedUntil = pause?.Until, PausedWhat = pause?.What,
            SourceCoin = options.Price(asset.Value, source.Name), DestinationCoin = options.Price(asset.Value, destination.Name), ReadAt = default,
        };
    }

    /// <summary>Of the pauses in force at both ends, of everything, the lane or the asset, the one that lasts longest.</summary>
    private static async Task<(DateTimeOffset Until, string What)?> PauseAsync(ChainLink source, ChainLink destination, AssetId asset, CancellationToken ct)
    {
        var pauses = (await PausesAsync(source, destination.Id, asset, ct)).Concat(await PausesAsync(destination, source.Id, asset, ct)).ToList();
        return pauses.Count == 0 ? null : pauses.MaxBy(pause => pause.Until);
    }

    private static async Task<IEnumerable<(DateTimeOffset Until, string What)>> PausesAsync(ChainLink chain, ChainId other, AssetId asset, CancellationToken ct)
    {
        var pauses = await chain.Bridge.PausesAsync(other, asset, (await chain.Client.HeadAsync(ct)).Time, null, ct);
        (DateTimeOffset? Until, string What)[] all =
        [
            (pauses.Everything, $"everything on chain {chain.Id}"), (pauses.Lane, $"the lane between {chain.Id} and {other} on chain {chain.Id}"),
            (pauses.Asset, $"asset {asset} on chain {chain.Id}"),
        ];
        return all.Where(pause => pause.Until is not null).Select(pause => (pause.Until!.Value, pause.What));
    }
}
