using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Directory;

internal static class LaneMapper
{
    public static LaneBody ToBody(LaneRow row, DirectorySnapshot directory, ArrivalTimes? times, DateTimeOffset now)
    {
        var lane = new Lane(row.SourceChain, row.DestinationChain);
        var (state, reason, until) = State(lane, directory, now);
        var assets = directory.Assets.Where(asset => asset.Chain == lane.Source && directory.Asset(lane.Destination, asset.Asset) is not null);
        return new LaneBody(
            Name(lane), row.LaneId.ToString(), Format.Caip2(lane.Source), Format.Caip2(lane.Destination), state, reason, until is { } end ? Format.Time(end) : null,
            Times(times), [.. assets.Select(asset => Asset(lane, asset, directory, now))]);
    }

    public static LaneTimeBody? Times(ArrivalTimes? times) =>
        times is null ? null : new LaneTimeBody(times.P50Seconds, times.P95Seconds, $"last {times.Transfers.ToString(CultureInfo.InvariantCulture)} transfers");

    public static string Name(Lane lane) => $"{lane.Source}:{lane.Destination}";

    /// <summary>Two chains with a colon or a hyphen between them, each a plain number or CAIP-2; null for anything else.</summary>
    public static Lane? TryRead(string text)
    {
        for (var at = text.IndexOfAny([':', '-'], 1); at > 0 && at < text.Length - 1; at = text.IndexOfAny([':', '-'], at + 1))
            if (ChainName.TryRead(text[..at]) is { } source && ChainName.TryRead(text[(at + 1)..]) is { } destination) return new Lane(source, destination);
        return null;
    }

    private static (string State, string? Reason, DateTimeOffset? Until) State(Lane lane, DirectorySnapshot directory, DateTimeOffset now)
    {
        if (directory.Halt(lane) is { } halt) return ("halted", $"Halted until its operators act: {halt.Reason}.", null);
        if (directory.End(lane.Source, lane.Destination) is { IsOpen: false } || directory.End(lane.Destination, lane.Source) is { IsOpen: false })
            return ("closed", "The two Bridges do not both know each other.", null);
        return PausedUntil(lane, directory, now) is { } until
            ? ("paused", $"A guardian has paused it until {Format.Time(until)}, unless the pause is renewed or ended earlier.", until)
            : ("open", null, null);
    }

    /// <summary>The last of the pauses that stop the lane; null while none does.</summary>
    internal static DateTimeOffset? PausedUntil(Lane lane, DirectorySnapshot directory, DateTimeOffset now)
    {
        DateTimeOffset?[] pauses =
        [
            directory.Chain(lane.Source)?.PausedUntil, directory.Chain(lane.Destination)?.PausedUntil,
            directory.End(lane.Source, lane.Destination)?.PausedUntil, directory.End(lane.Destination, lane.Source)?.PausedUntil,
        ];
        return pauses.Where(until => until > now).Max();
    }

    private static LaneAssetBody Asset(Lane lane, AssetRow asset, DirectorySnapshot directory, DateTimeOffset now)
    {
        var fee = directory.Fee(lane, asset.Asset);
        var (sent, paid) = (directory.Limit(lane.Source, asset.Asset), directory.Limit(lane.Destination, asset.Asset));
        var (send, deliver) = (Outbound(sent), paid is null ? null : new TokenBucket(paid.InboundCapacity, paid.InboundAvailable, paid.InboundPeriod));
        var reason = fee is null ? "No minimum fee is set, so the Bridge refuses to send it here."
            : ChainMapper.Until(sent?.PausedUntil, now) is { } until ? $"Paused on {Format.Caip2(lane.Source)} until {until}." : null;
        return new LaneAssetBody(
            asset.Asset.ToString(), Format.Symbol(asset.Symbol), asset.Decimals, reason is null, reason, fee is null ? null : Format.Amount(fee.Transfer),
            Least(send?.Capacity, deliver?.Capacity), Least(send?.Available, deliver?.Available),
            ToBody(send, sent?.SeenAt), ToBody(deliver, paid?.SeenAt),
            paid is { HoldThreshold: { } threshold, HoldSeconds: { } seconds } ? new LargeTransferBody(Format.Amount(threshold), seconds) : null,
            fee is null ? null : new MinimumFeeBody(Format.Amount(fee.Transfer), Format.Amount(fee.TransferTo), Format.Amount(fee.CallBase), Format.Amount(fee.CallPerGas), Format.Amount(fee.CallPerByte)),
            paid is null ? null : Format.Time(paid.SeenAt));
    }

    private static TokenBucket? Outbound(AssetLimitRow? row) =>
        row is { OutboundCapacity: { } capacity, OutboundAvailable: { } available, OutboundPeriod: { } period } ? new TokenBucket(capacity, available, period) : null;

    private static BucketBody? ToBody(TokenBucket? bucket, DateTimeOffset? readAt) => bucket is null || readAt is not { } at ? null : new BucketBody(
        Format.Amount(bucket.Capacity), Format.Amount(bucket.Available), Format.Amount(bucket.Period > 0 ? bucket.Capacity / (UInt128)bucket.Period : 0),
        bucket.FullAt(at) is { } full ? Format.Time(full) : null);

    private static string? Least(UInt128? one, UInt128? other) => (one, other) switch
    {
        ({ } a, { } b) => Format.Amount(UInt128.Min(a, b)),
        _ => (one ?? other) is { } only ? Format.Amount(only) : null,
    };
}
