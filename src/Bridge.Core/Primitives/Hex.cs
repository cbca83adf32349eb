using System.Diagnostics.CodeAnalysis;

namespace Bridge.Core;

/// <summary>0x-prefixed hex, as every EVM tool writes it.</summary>
public static class Hex
{
    public static string Format(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Strict: the 0x prefix and an even number of digits are required; both cases are accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0) return false;
        var result = new byte[(text.Length - 2) / 2];
        if (Convert.FromHexString(text.AsSpan(2), result, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        bytes = result;
        return true;
    }

    /// <exception cref="FormatException">No 0x prefix, an odd number of digits, or a character that is no hex digit.</exception>
    public static byte[] Parse(string text) =>
        TryParse(text, out var bytes) ? bytes : throw new FormatException($"'{text}' is not hex: expected 0x and an even number of hex digits.");
}
