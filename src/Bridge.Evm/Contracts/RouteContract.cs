using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A token bucket's size, and base units that pass now. A capacity of 0 lets nothing in, and out means no limit.</summary>
public sealed record LimitState(UInt128 Capacity, ulong PeriodSeconds, UInt128 Available);

/// <summary>What a Bridge says of an asset's way through its lanes: one endpoint's latest state, good for advice and for nothing else.</summary>
public sealed class RouteContract(ChainClient chain, Address bridge)
{
    private static readonly AbiFunction MinimumFees = new("minimumFees(uint32,uint256)", "((uint128,uint128,uint128,uint64,uint64),bool)");
    private static readonly AbiFunction OutboundLimit = new("outboundLimit(uint32)", "((uint128,uint32),uint256)");
    private static readonly AbiFunction InboundLimit = new("inboundLimit(uint32)", "((uint128,uint32),uint256)");
    private static readonly AbiFunction Hold = new("hold(uint32)", "(uint128,uint24)");
    private static readonly AbiFunction PausedUntil = new("pausedUntil(uint256,uint32)", "(uint64,uint64,uint64)");

    /// <summary>Null where the asset cannot be sent to that chain.</summary>
    public async Task<MinimumFees?> MinimumFeesAsync(AssetId asset, ChainId to, CancellationToken ct)
    {
        var read = await ViewAsync(MinimumFees, ct, asset.Value, to.Value);
        var fees = (object[])read[0];
        return (bool)read[1] ? new MinimumFees(Amount(fees[0]), Amount(fees[1]), Amount(fees[2]), Amount(fees[3]), Amount(fees[4])) : null;
    }

    public Task<LimitState> OutboundLimitAsync(AssetId asset, CancellationToken ct) => LimitAsync(OutboundLimit, asset, ct);

    public Task<LimitState> InboundLimitAsync(AssetId asset, CancellationToken ct) => LimitAsync(InboundLimit, asset, ct);

    /// <summary>Messages of more than the threshold wait for so long; a threshold of 0: none does.</summary>
    public async Task<(UInt128 Threshold, ulong Seconds)> HoldAsync(AssetId asset, CancellationToken ct)
    {
        var read = await ViewAsync(Hold, ct, asset.Value);
        return (Amount(read[0]), (ulong)(BigInteger)read[1]);
    }

    /// <summary>The last of the pauses in force now, of everything, the lane with a chain, or the asset; null where none is.</summary>
    /// <param name="now">The chain's time.</param>
    public async Task<(DateTimeOffset Until, string What)?> PauseAsync(ChainId other, AssetId asset, DateTimeOffset now, CancellationToken ct)
    {
        var read = await ViewAsync(PausedUntil, ct, other.Value, asset.Value);
        string[] names = [$"everything on chain {chain.Chain}", $"the lane between {chain.Chain} and {other} on chain {chain.Chain}", $"asset {asset} on chain {chain.Chain}"];
        var last = names.Select((name, i) => (Until: DateTimeOffset.FromUnixTimeSeconds((long)AbiValue.Number(read[i])), What: name)).MaxBy(pause => pause.Until);
        return last.Until > now ? last : null;
    }

    private async Task<LimitState> LimitAsync(AbiFunction view, AssetId asset, CancellationToken ct)
    {
        var read = await ViewAsync(view, ct, asset.Value);
        var limit = (object[])read[0];
        return new LimitState(Amount(limit[0]), (ulong)(BigInteger)limit[1], Amount(read[1]));
    }

    private async Task<object[]> ViewAsync(AbiFunction view, CancellationToken ct, params object[] arguments) =>
        view.DecodeResult(await chain.CallAsync(bridge, view.Encode(arguments), null, ct));

    /// <summary>Views say uint256 where no more than a uint128 can be meant.</summary>
    private static UInt128 Amount(object value) => (BigInteger)value > (BigInteger)UInt128.MaxValue ? UInt128.MaxValue : (UInt128)(BigInteger)value;
}
