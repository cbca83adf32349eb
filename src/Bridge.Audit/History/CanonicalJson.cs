using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bridge.Audit;

/// <summary>
/// JSON that has one form only (RFC 8785): no white space, keys in order. Bytes are 0x and hex; amounts are decimal texts, since a JSON
/// number keeps 53 bits; all other numbers stay below 2^53.
/// </summary>
internal static class CanonicalJson
{
    public static string Write(params (string Key, object? Value)[] fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (key, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(key);
                WriteValue(json, value);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case byte[] data: json.WriteStringValue("0x" + Convert.ToHexStringLower(data)); break;
            case BigInteger amount: json.WriteStringValue(amount.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case long number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case string[] texts:
                json.WriteStartArray();
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"A history has no {value.GetType().Name}.", nameof(value));
        }
    }
}
