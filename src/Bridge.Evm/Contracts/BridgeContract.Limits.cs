using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A token bucket as it stands in one block, in base units.</summary>
/// <param name="Period">Seconds in which an empty bucket fills.</param>
public sealed record BucketState(UInt128 Capacity, UInt128 Available, uint Period);

/// <summary>Above the threshold, in base units, a delivered transfer is held for so many seconds.</summary>
public sealed record HoldState(UInt128 Threshold, uint Seconds);

/// <summary>The least fee, in base units of the asset: from somebody to themselves, to somebody else, and for a call.</summary>
public sealed record LeastFees(UInt128 Transfer, UInt128 TransferTo, UInt128 CallBase, ulong CallPerGas, ulong CallPerByte);

/// <summary>Until when everything, a lane and an asset are paused; null where they are not.</summary>
public sealed record PauseState(DateTimeOffset? Everything, DateTimeOffset? Lane, DateTimeOffset? Asset);

/// <summary>What a Bridge lets pass, and what it asks for it.</summary>
public sealed partial class BridgeContract
{
    private static readonly AbiFunction InboundLimit = new("inboundLimit(uint32)", "(uint128,uint32,uint256)");
    private static readonly AbiFunction OutboundLimit = new("outboundLimit(uint32)", "(uint128,uint32,uint256)");
    private static readonly AbiFunction Hold = new("hold(uint32)", "(uint128,uint24)");
    private static readonly AbiFunction MinimumFee = new("minimumFees(uint32,uint256)", "(uint128,uint128,uint128,uint64,uint64,bool)");
    private static readonly AbiFunction Gateway = new("gateway()", "(address)");

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
    public async Task<LeastFees?> MinimumFeesAsync(AssetId asset, ChainId destination, ulong? height, CancellationToken ct)
    {
        var fees = await ViewAsync(MinimumFee, [asset.Value, destination.Value], height, ct);
        return (bool)fees[5]
            ? new LeastFees((UInt128)(BigInteger)fees[0], (UInt128)(BigInteger)fees[1], (UInt128)(BigInteger)fees[2], AbiValue.Number(fees[3]), AbiValue.Number(fees[4]))
            : null;
    }

    /// <param name="now">The time of the block that is looked at.</param>
    public async Task<PauseState> PausesAsync(ChainId other, AssetId asset, DateTimeOffset now, ulong? height, CancellationToken ct)
    {
        var until = await ViewAsync(PausedUntil, [other.Value, asset.Value], height, ct);
        return new PauseState(Until(until[0]), Until(until[1]), Until(until[2]));

        DateTimeOffset? Until(object seconds) => DateTimeOffset.FromUnixTimeSeconds((long)AbiValue.Number(seconds)) is var end && end > now ? end : null;
    }

    private static BucketState Bucket(object[] view) => new((UInt128)(BigInteger)view[0], (UInt128)(BigInteger)view[2], (uint)(BigInteger)view[1]);
}
