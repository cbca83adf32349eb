using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A token bucket as it stands in one block, in base units.</summary>
/// <param name="Period">Seconds in which an empty bucket fills.</param>
public sealed record BucketState(UInt128 Capacity, UInt128 Available, uint Period);

/// <summary>Above the threshold, in base units, a delivered transfer is held for so many seconds.</summary>
public sealed record HoldState(UInt128 Threshold, uint Seconds);

/// <summary>Until when everything, a lane and an asset are paused; null where they are not.</summary>
public sealed record PauseState(DateTimeOffset? Everything, DateTimeOffset? Lane, DateTimeOffset? Asset);

/// <summary>What a Bridge lets pass, and what it asks for it.</summary>
public sealed partial class BridgeContract
{
    public const string SetMinimumFeesSignature = "setMinimumFees(uint32,uint256,(uint128,uint128,uint128,uint64,uint64))";

    private static readonly AbiFunction InboundLimit = new("inboundLimit(uint32)", "(uint128,uint32,uint256)");
    private static readonly AbiFunction OutboundLimit = new("outboundLimit(uint32)", "(uint128,uint32,uint256)");
    private static readonly AbiFunction Hold = new("hold(uint32)", "(uint128,uint24)");
    private static readonly AbiFunction MinimumFee = new("minimumFees(uint32,uint256)", "(uint128,uint128,uint128,uint64,uint64,bool)");
    private static readonly AbiFunction FeeBound = new("feeBounds(uint32,uint256)", "(uint128,uint128,uint128,uint64,uint64,uint128,uint128,uint128,uint64,uint64)");
    private static readonly AbiFunction SetMinimumFees = new(SetMinimumFeesSignature);
    private static readonly AbiFunction Gateway = new("gateway()", "(address)");

    /// <summary>What the AccessManager knows the fee oracles' function by.</summary>
    public static byte[] SetMinimumFeesSelector => SetMinimumFees.Selector;

    /// <summary>The contract that makes the calls.</summary>
    public async Task<Address> GatewayAsync(ulong? height, CancellationToken ct) => (Address)(await ViewAsync(Gateway, [], height, ct))[0];

    /// <summary>What guards the asset's way out of this Bridge or into circulation here; a capacity of 0 lets nothing pass.</summary>
    public async Task<BucketState> InboundLimitAsync(AssetId asset, ulong? height, CancellationToken ct) =>
        Bucket(await ViewAsync(InboundLimit, [asset.Value], height, ct));

    /// <summary>What can be sent of the asset; null where nothing limits it.</summary>
    public async Task<BucketState?> OutboundLimitAsync(AssetId asset, ulong? height, CancellationToken ct) =>
        Bucket(await ViewAsync(OutboundLimit, [asset.Value], height, ct)) is { Capacity: var capacity } bucket && capacity > 0 ? bucket : null;

    /// <summary>Null where nothing is held for its size.</summary>
    public async Task<HoldState?> HoldAsync(AssetId asset, ulong? height, CancellationToken ct)
    {
        var hold = await ViewAsync(Hold, [asset.Value], height, ct);
        var threshold = (UInt128)(BigInteger)hold[0];
        return threshold == 0 ? null : new HoldState(threshold, (uint)(BigInteger)hold[1]);
    }

    /// <summary>Null where the asset cannot be sent to that chain.</summary>
    public async Task<MinimumFees?> MinimumFeesAsync(AssetId asset, ChainId destination, ulong? height, CancellationToken ct)
    {
        var fees = await ViewAsync(MinimumFee, [asset.Value, destination.Value], height, ct);
        return (bool)fees[5]
            ? new MinimumFees(Amount(fees[0]), Amount(fees[1]), Amount(fees[2]), Amount(fees[3]), Amount(fees[4]))
            : null;
    }

    /// <summary>Within which an oracle may move a route's fees; all zero where nobody set any.</summary>
    public async Task<FeeBounds> FeeBoundsAsync(AssetId asset, ChainId destination, ulong? height, CancellationToken ct)
    {
        var bounds = (await ViewAsync(FeeBound, [asset.Value, destination.Value], height, ct)).Select(Amount).ToArray();
        return new FeeBounds(Fees(bounds[..5]), Fees(bounds[5..]));
    }

    /// <summary>Calldata of an account with the role FEE_ORACLE.</summary>
    /// <param name="fees">Within the bounds; per gas and per byte below 2^64.</param>
    public static byte[] EncodeSetMinimumFees(AssetId asset, ChainId destination, MinimumFees fees) =>
        SetMinimumFees.Encode(asset.Value, destination.Value, BridgeSettings.Of(fees));

    private static MinimumFees Fees(UInt128[] fees) => new(fees[0], fees[1], fees[2], fees[3], fees[4]);

    /// <param name="now">The time of the block that is looked at.</param>
    public async Task<PauseState> PausesAsync(ChainId other, AssetId asset, DateTimeOffset now, ulong? height, CancellationToken ct)
    {
        var until = await ViewAsync(PausedUntil, [other.Value, asset.Value], height, ct);
        return new PauseState(Until(until[0]), Until(until[1]), Until(until[2]));

        DateTimeOffset? Until(object seconds) => DateTimeOffset.FromUnixTimeSeconds((long)AbiValue.Number(seconds)) is var end && end > now ? end : null;
    }

    private static BucketState Bucket(object[] view) => new(Amount(view[0]), Amount(view[2]), (uint)(BigInteger)view[1]);

    /// <summary>Views say uint256 where no more than a uint128 can be meant.</summary>
    private static UInt128 Amount(object value) => (BigInteger)value > (BigInteger)UInt128.MaxValue ? UInt128.MaxValue : (UInt128)(BigInteger)value;
}
