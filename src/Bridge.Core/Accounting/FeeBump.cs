namespace Bridge.Core;

/// <summary>EIP-1559 fees of a transaction, in wei per gas.</summary>
public readonly record struct GasFees(UInt128 MaxFee, UInt128 PriorityFee)
{
    /// <summary>Wei.</summary>
    public const ulong Gwei = 1_000_000_000;

    /// <summary>Twice the base fee survives six full blocks of its fastest rise (+12.5 % each, EIP-1559), plus the tip.</summary>
    public static GasFees For(UInt128 baseFee, UInt128 priorityFee) => new(checked((baseFee * 2) + priorityFee), priorityFee);
}

public static class FeeBump
{
    /// <summary>The least replacement fee a node accepts: ten percent more, rounded up, and never less than one wei more.</summary>
    public static UInt128 Least(UInt128 fee) => UInt128.Max(checked(((fee * 110) + 99) / 100), fee + 1);

    /// <summary>Times today's market that a replacement may offer: on a chain that stands still, raising for ever would end at the cap.</summary>
    public const int MostTimesMarket = 5;

    /// <summary>
    /// The fees of a replacement: at least ten percent above the last try in both fields, and at least today's market; null when that
    /// would pass the cap, or <see cref="MostTimesMarket"/>, in which case the old transaction stays and the operator is told.
    /// </summary>
    /// <param name="maxFeeCap">Wei per gas.</param>
    public static GasFees? Replace(GasFees last, GasFees market, UInt128 maxFeeCap)
    {
        var tip = UInt128.Max(Least(last.PriorityFee), market.PriorityFee);
        var fee = UInt128.Max(UInt128.Max(Least(last.MaxFee), market.MaxFee), tip);
        var tooMuch = fee > market.MaxFee && fee / MostTimesMarket > market.MaxFee;
        return fee > maxFeeCap || tooMuch ? null : new GasFees(fee, tip);
    }
}
