using System.Globalization;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Api;

/// <summary>How the API writes numbers, times and names.</summary>
internal static class Format
{
    private const int LongestSymbol = 32;

    public static string Time(DateTimeOffset time) => Timestamp.Format(time);

    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Base units.</summary>
    public static string Amount(UInt128 amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>Base units, of sums that may be larger than any one amount.</summary>
    public static string Amount(BigInteger amount) => amount.ToString(CultureInfo.InvariantCulture);

    public static string Caip2(ChainId chain) => $"eip155:{chain}";

    /// <summary>A chain's own coin is named by the token that wraps it: which coin it is no contract says.</summary>
    public static string Caip19(ChainId chain, Address token) => $"{Caip2(chain)}/erc20:{token}";

    public static string Caip10(ChainId chain, Address account) => $"{Caip2(chain)}:{account}";

    /// <summary>
    /// What a token calls itself, fit to be shown: whoever wrote the token chose it. Only printable characters that do not reorder the others,
    /// and not many of them.
    /// </summary>
    public static string Symbol(string symbol)
    {
        var kept = symbol.EnumerateRunes().Where(IsHarmless).Take(LongestSymbol).ToList();
        var text = string.Concat(kept).Trim();
        return text.Length > 0 ? text : "?";
    }

    private static bool IsHarmless(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}
