using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bridge.Core;

/// <summary>
/// JSON in its one form (RFC 8785): no white space, members ordered by UTF-16, the shortest escapes. Numbers are not written unless asked for: amounts and
/// counts in the log are decimal texts, since a JSON number keeps 53 bits.
/// </summary>
public static class CanonicalJson
{
    private const long LargestWhole = (1L << 53) - 1;

    /// <param name="wholeNumbers">Takes numbers between -(2^53 - 1) and 2^53 - 1 without a fraction, where others wrote a part of the document.</param>
    /// <exception cref="FormatException">It holds a number that is not taken.</exception>
    public static string Write(JsonElement value, bool wholeNumbers = false)
    {
        var text = new StringBuilder();
        Write(value, text, wholeNumbers);
        return text.ToString();
    }

    private static void Write(JsonElement value, StringBuilder text, bool wholeNumbers)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll('{', '}', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal), text, member =>
                {
                    Write(member.Name, text);
                    text.Append(':');
                    Write(member.Value, text, wholeNumbers);
                });
                break;
            case JsonValueKind.Array: WriteAll('[', ']', value.EnumerateArray(), text, item => Write(item, text, wholeNumbers)); break;
            case JsonValueKind.String: Write(value.GetString()!, text); break;
            case JsonValueKind.True: text.Append("true"); break;
            case JsonValueKind.False: text.Append("false"); break;
            case JsonValueKind.Null: text.Append("null"); break;
            case JsonValueKind.Number when wholeNumbers && value.TryGetInt64(out var number) && number is >= -LargestWhole and <= LargestWhole: text.Append(CultureInfo.InvariantCulture, $"{number}"); break;
            default: throw new FormatException($"A canonical entry has no {value.ValueKind}: write numbers as decimal texts.");
        }
    }

    private static void WriteAll<T>(char open, char close, IEnumerable<T> items, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            first = false;
            write(item);
        }
        text.Append(close);
    }

    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        text.Append('"');
    }
}
