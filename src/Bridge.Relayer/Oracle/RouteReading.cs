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
        var (from, to) = (new RouteContract(source.Client, source.BridgeAddress), new RouteContract(destination.Client, destination.BridgeAddress));
        var fees = await from.MinimumFeesAsync(asset, lane.Destination, ct);
        var (outbound, inbound) = (await from.OutboundLimitAsync(asset, ct), await to.InboundLimitAsync(asset, ct));
        var (threshold, seconds) = await to.HoldAsync(asset, ct);
        var pause = await PauseAsync(source, destination, from, to, asset, ct);
        return new RouteRow
        {
            SourceChain = lane.Source, DestinationChain = lane.Destination, AssetId = asset, IsOpen = fees is not null,
            FeeTransfer = (fees ?? Closed).Transfer, FeeTransferTo = (fees ?? Closed).TransferTo, FeeCallBase = (fees ?? Closed).CallBase,
            FeeCallPerGas = (fees ?? Closed).CallPerGas, FeeCallPerByte = (fees ?? Closed).CallPerByte,
            OutboundCapacity = outbound.Capacity, OutboundPeriod = outbound.PeriodSeconds, OutboundAvailable = outbound.Available,
            InboundCapacity = inbound.Capacity, InboundPeriod = inbound.PeriodSeconds, InboundAvailable = inbound.Available,
            HoldThreshold = threshold, HoldSeconds = seconds, Locked = there.Mode == "mint" ? null : there.Locked,
            PausedUntil = pause?.Until, PausedWhat = pause?.What,
            SourceCoin = options.Price(asset.Value, source.Name), DestinationCoin = options.Price(asset.Value, destination.Name), ReadAt = default,
        };
    }

    /// <summary>Of the pauses at both ends, the one that lasts longer.</summary>
    private static async Task<(DateTimeOffset Until, string What)?> PauseAsync(
        ChainLink source, ChainLink destination, RouteContract from, RouteContract to, AssetId asset, CancellationToken ct)
    {
        var here = await from.PauseAsync(destination.Id, asset, (await source.Client.HeadAsync(ct)).Time, ct);
        var there = await to.PauseAsync(source.Id, asset, (await destination.Client.HeadAsync(ct)).Time, ct);
        return here is null || there?.Until > here.Value.Until ? there : here;
    }
}
