using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Writes down every few seconds what one chain's Bridge says of itself: limits and headroom, holds, pauses, fees. Its endpoints must agree.</summary>
public sealed class ChainRecorder(
    ChainLink link, ChainSet chains, ChainStore store, AssetMirror assets, MirrorStore mirror, DirectoryStore directory, ILogger<ChainRecorder> log)
    : Worker($"mirror {link.Id}", directory, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Blocks over which the time between two is taken.</summary>
    private const ulong Paced = 100;

    private Address? _gateway;
    private (ulong Height, double? Seconds) _pace;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await assets.MirrorAsync(await store.RegisteredAssetsAsync(ct), ct);
        var listed = (await Directory.AssetsAsync(ct)).Where(asset => asset.Chain == link.Id).Select(asset => asset.Asset).ToList();
        await mirror.SaveAsync(await ReadAsync(listed, ct), ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(Every, ct);

    private async Task<ChainMirror> ReadAsync(IReadOnlyList<AssetId> listed, CancellationToken ct)
    {
        var head = await link.Client.HeadAsync(ct);
        var final = await link.FinalAsync(ct);
        _gateway ??= await link.Bridge.GatewayAsync(head.Height, ct);
        var everything = (await link.Bridge.PausesAsync(link.Id, new AssetId(0), head.Time, head.Height, ct)).Everything;

        var (ends, fees) = (new List<LaneEnd>(), new List<LaneFee>());
        foreach (var other in chains.All.Where(other => other != link))
        {
            var pauses = await link.Bridge.PausesAsync(other.Id, new AssetId(0), head.Time, head.Height, ct);
            var open = !(await link.Bridge.InboundAsync(other.Id, head.Height, ct)).IsZero;
            ends.Add(new LaneEnd(other.Id, open, pauses.Lane));
            foreach (var asset in listed)
                if (await link.Bridge.MinimumFeesAsync(asset, other.Id, head.Height, ct) is { } fee)
                    fees.Add(new LaneFee(other.Id, asset, fee.Transfer, fee.TransferTo, fee.CallBase, fee.CallPerGas, fee.CallPerByte));
        }
        var mirrored = new List<AssetMirrored>();
        foreach (var asset in listed)
            if (await AssetAsync(asset, head, ct) is { } found) mirrored.Add(found);
        return new ChainMirror(
            link.Id, link.Name, link.BridgeAddress, _gateway.Value, link.Options.Finality, link.Options.FeeModel, head.Height, head.Time,
            final.Height, final.Time, everything, ends, mirrored, fees, await PaceAsync(head, ct));
    }

    private async Task<AssetMirrored?> AssetAsync(AssetId asset, BlockHeader head, CancellationToken ct)
    {
        if (await link.Bridge.AssetAsync(asset, head.Height, ct) is not { } known) return null;
        var inbound = await link.Bridge.InboundLimitAsync(asset, head.Height, ct);
        var outbound = await link.Bridge.OutboundLimitAsync(asset, head.Height, ct);
        var hold = await link.Bridge.HoldAsync(asset, head.Height, ct);
        var pauses = await link.Bridge.PausesAsync(link.Id, asset, head.Time, head.Height, ct);
        return new AssetMirrored(
            asset, known.Locked, Bucket(inbound), outbound is null ? null : Bucket(outbound), hold is null ? null : new Hold(hold.Threshold, hold.Seconds), pauses.Asset);
    }

    /// <summary>Seconds between two blocks, looked up again after as many blocks as it is taken over.</summary>
    private async Task<double?> PaceAsync(BlockHeader head, CancellationToken ct)
    {
        if (head.Height < Paced || (_pace.Seconds is not null && head.Height < _pace.Height + Paced)) return _pace.Seconds;
        var seconds = (head.Time - (await link.Client.BlockAsync(head.Height - Paced, ct)).Time).TotalSeconds / Paced;
        _pace = (head.Height, seconds > 0 ? seconds : null);
        return _pace.Seconds;
    }

    private static TokenBucket Bucket(BucketState state) => new(state.Capacity, state.Available, state.Period);
}
