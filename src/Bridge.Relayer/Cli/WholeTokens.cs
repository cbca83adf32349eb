using System.Globalization;

namespace Bridge.Relayer.Cli;

/// <summary>Amounts as people write them, exactly: no digit of the base units is rounded away.</summary>
internal static class WholeTokens
{
    public static string Of(UInt128 units, int decimals) => Of(units.ToString(CultureInfo.InvariantCulture), decimals);

    /// <param name="units">Base units in decimal.</param>
    public static string Of(string units, int decimals)
    {
        var digits = units.PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }
}
