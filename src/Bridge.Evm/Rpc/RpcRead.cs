using System.Globalization;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Strict readers of the JSON-RPC forms: quantities as 0x and hex without leading zeros, data as 0x and whole bytes. Anything else is
/// <see cref="RpcErrorKind.InvalidResponse"/>, never a guess. Source: the execution-apis specification.
/// </summary>
internal readonly struct RpcRead(Uri endpoint)
{
    public ulong UInt64(JsonElement value) =>
        Digits(value) is { Length: > 0 and <= 16 } digits && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var n)
            ? n : throw Invalid(value, "a 64-bit quantity");

    public UInt128 UInt128(JsonElement value) =>
        Digits(value) is { Length: > 0 and <= 32 } digits && System.UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var n)
            ? n : throw Invalid(value, "a 128-bit quantity");

    public Hash32 Hash(JsonElement value) => Hash32.TryParse(Text(value), out var hash) ? hash : throw Invalid(value, "a 32-byte hash");

    public Address Address(JsonElement value) =>
        Hex.TryParse(Text(value), out var bytes) && bytes.Length == Core.Address.Length ? new Address(bytes) : throw Invalid(value, "an address");

    public byte[] Data(JsonElement value) => Hex.TryParse(Text(value), out var bytes) ? bytes : throw Invalid(value, "hex data");

    public bool Flag(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Invalid(value, "true or false");

    public JsonElement Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : throw Invalid(value, $"an object with '{name}'");

    public JsonElement.ArrayEnumerator Items(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : throw Invalid(value, "an array");

    public RpcException Invalid(JsonElement value, string expected) =>
        new(RpcErrorKind.InvalidResponse, endpoint, $"expected {expected}, got {RpcErrors.Shorten(value.GetRawText())}");

    private static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The digits of a quantity, or nothing if it is not one.</summary>
    private static string Digits(JsonElement value)
    {
        var text = Text(value);
        if (text is null || text.Length < 3 || !text.StartsWith("0x", StringComparison.Ordinal)) return "";
        return text[2] == '0' && text.Length > 3 ? "" : text[2..];
    }
}
