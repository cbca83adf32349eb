namespace Bridge.Core;

/// <summary>The bounds that a Bridge sets its fee oracle, each fee by itself.</summary>
public sealed record FeeBounds(MinimumFees Lowest, MinimumFees Highest);

/// <summary>Which least fees a route should have.</summary>
public static class FeeSetting
{
    /// <summary>Gas of one byte of a call's payload, as contracts/script/lib/fees.mjs prices it.</summary>
    private const ulong GasOfByte = 40;

    /// <summary>Gas that a transfer's minimum fee is taken to pay for, as there.</summary>
    private static readonly UInt128 GasOfTransfer = 50_000;

    /// <summary>Bits of a transfer's fee that a Bridge keeps: contracts/src/Routes.sol.</summary>
    private const int Mantissa = 36;

    /// <summary>What pays for delivering one message alone, whatever kind it is.</summary>
    /// <param name="gasPrice">Wei per gas on the destination.</param>
    /// <param name="dataFee">Wei that the destination takes for a delivery's bytes.</param>
    /// <param name="unitsPerCoin">Base units that 10^18 wei of the destination's coin are worth.</param>
    /// <exception cref="OverflowException">Above 2^128 - 1.</exception>
    public static MinimumFees Covering(UInt128 gasPrice, UInt128 dataFee, UInt128 unitsPerCoin)
    {
        var alone = DeliveryFee.InAsset(DeliveryFee.CostAlone(gasPrice, dataFee, null), unitsPerCoin);
        var perGas = DeliveryFee.InAsset(gasPrice, unitsPerCoin);
        return new MinimumFees(alone, alone, alone, perGas, checked(perGas * GasOfByte));
    }

    /// <summary>What a call costs where a transfer costs this much, as contracts/script/lib/fees.mjs prices it: it pays for its gas too, rounded up.</summary>
    /// <param name="transfer">Base units.</param>
    public static MinimumFees AfterTransfer(UInt128 transfer)
    {
        var perGas = UInt128.Min((transfer / GasOfTransfer) + (transfer % GasOfTransfer == 0 ? 0u : 1u), ulong.MaxValue);
        return new MinimumFees(transfer, transfer, transfer, perGas, UInt128.Min(perGas * GasOfByte, ulong.MaxValue));
    }

    /// <summary>What a deployment begins with, and within what fee oracles may move it: a tenth to a thousand times, within what the contract's fields hold.</summary>
    /// <param name="transfer">Base units, as <see cref="Keepable"/>.</param>
    public static (MinimumFees Fees, FeeBounds Bounds) Deployed(UInt128 transfer)
    {
        var fees = AfterTransfer(transfer);
        return (fees, new FeeBounds(Changed(fees, fee => fee / 10), Changed(fees, fee => fee > UInt128.MaxValue / 1000 ? UInt128.MaxValue : fee * 1000)));
    }

    /// <summary>The greatest fee of a transfer that a Bridge can keep and that is not above this one.</summary>
    public static UInt128 Keepable(UInt128 fee)
    {
        var spare = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(fee) - Mantissa);
        return fee >> spare << spare;
    }

    /// <summary>The nearest fees that a Bridge with these bounds takes.</summary>
    public static MinimumFees Within(MinimumFees fees, FeeBounds bounds)
    {
        var (low, high) = (bounds.Lowest, bounds.Highest);
        return new MinimumFees(
            Kept(UInt128.Clamp(fees.Transfer, low.Transfer, high.Transfer), low.Transfer), Kept(UInt128.Clamp(fees.TransferTo, low.TransferTo, high.TransferTo), low.TransferTo),
            UInt128.Clamp(fees.CallBase, low.CallBase, high.CallBase), UInt128.Clamp(fees.CallPerGas, low.CallPerGas, high.CallPerGas),
            UInt128.Clamp(fees.CallPerByte, low.CallPerByte, high.CallPerByte));
    }

    /// <summary>Whether any of the fees is more than this share away from what it was.</summary>
    /// <param name="percent">Of what it was, 1 to 1000.</param>
    public static bool HasMoved(MinimumFees from, MinimumFees to, int percent) =>
        Pairs(from, to).Any(pair => Distance(pair.From, pair.To) > pair.From / 100 * (UInt128)percent + (pair.From % 100 * (UInt128)percent / 100));

    private static MinimumFees Changed(MinimumFees fees, Func<UInt128, UInt128> change) => new(
        change(fees.Transfer), change(fees.TransferTo), change(fees.CallBase),
        UInt128.Min(change(fees.CallPerGas), ulong.MaxValue), UInt128.Min(change(fees.CallPerByte), ulong.MaxValue));

    private static UInt128 Distance(UInt128 a, UInt128 b) => a > b ? a - b : b - a;

    private static IEnumerable<(UInt128 From, UInt128 To)> Pairs(MinimumFees from, MinimumFees to) =>
    [
        (from.Transfer, to.Transfer), (from.TransferTo, to.TransferTo), (from.CallBase, to.CallBase), (from.CallPerGas, to.CallPerGas), (from.CallPerByte, to.CallPerByte),
    ];

    /// <summary>Rounded to what a Bridge can keep: down, unless that is below the bound.</summary>
    private static UInt128 Kept(UInt128 fee, UInt128 lowest)
    {
        var kept = Keepable(fee);
        return kept >= lowest ? kept : kept + ((UInt128)1 << Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(fee) - Mantissa));
    }
}
