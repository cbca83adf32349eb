using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Values of typed data: numbers as JSON numbers, decimal or 0x strings; bytes as 0x strings.</summary>
internal static class TypedDataValue
{
    public static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : throw new FormatException($"The member '{name}' is missing.");

    public static string Text(string type, JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : throw new FormatException($"A {type} is a JSON string, not {value.GetRawText()}.");

    public static byte[] Bytes(string type, JsonElement value) => Hex.Parse(Text(type, value));

    /// <summary>The 32-byte word of a static elementary type.</summary>
    public static byte[] Encode(AbiType type, JsonElement value)
    {
        try
        {
            return AbiEncoder.Encode(type, type switch
            {
                AbiAddress => Address.Parse(Text("address", value)),
                AbiBool when value.ValueKind is JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
                AbiFixedBytes => Bytes(type.Name, value),
                AbiInteger => Number(type, value),
                _ => throw new FormatException($"{value.GetRawText()} is no value of {type}."),
            });
        }
        catch (AbiException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static BigInteger Number(AbiType type, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(type.Name, value);
        var hex = text.StartsWith("0x", StringComparison.Ordinal);
        // The leading zero keeps a first digit of 8 to f from meaning a negative number.
        var parsed = hex
            ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && text.Length > 2
            : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return parsed ? number : throw new FormatException($"'{text}' is no {type}: write it in decimal or as 0x and hex digits.");
    }
}
