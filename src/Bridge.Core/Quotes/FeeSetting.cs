namespace Bridge.Core;

/// <summary>The bounds that a Bridge sets its fee oracle, each fee by itself.</summary>
public sealed record FeeBounds(MinimumFees Lowest, MinimumFees Highest);

/// <summary>Which least fees a route should have.</summary>
public static class FeeSetting
{
    /// <summary>Gas of one byte of a call's payload, as contracts/script/lib/fees.mjs prices it.</summary>
    private const ulong GasOfByte = 40;

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

    private static UInt128 Distance(UInt128 a, UInt128 b) => a > b ? a - b : b - a;

    private static IEnumerable<(UInt128 From, UInt128 To)> Pairs(MinimumFees from, MinimumFees to) =>
    [
        (from.Transfer, to.Transfer), (from.TransferTo, to.TransferTo), (from.CallBase, to.CallBase), (from.CallPerGas, to.CallPerGas), (from.CallPerByte, to.CallPerByte),
    ];

    /// <summary>Rounded to what a Bridge can keep: down, unless that is below the bound.</summary>
    private static UInt128 Kept(UInt128 fee, UInt128 lowest)
    {
        var spare = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(fee) - Mantissa);
        var kept = fee >> spare << spare;
        return kept >= lowest ? kept : kept + ((UInt128)1 << spare);
    }
}
