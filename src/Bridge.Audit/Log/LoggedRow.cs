using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>A row as its leaf has to tell it, worked out from the columns alone.</summary>
internal static class LoggedRow
{
    private const int LongestText = 2048;
    private const int LongestBytes = 16384;

    /// <param name="from">The first column to tell.</param>
    public static JsonElement Read(NpgsqlDataReader row, int from, LoggedTable table)
    {
        var told = new Dictionary<string, object?>();
        for (var column = from; column < row.FieldCount; column++)
            if (!table.LeftOut.Contains(row.GetName(column))) told[Camel(row.GetName(column))] = Value(row, column);
        return JsonSerializer.SerializeToElement(told);
    }

    /// <summary>In words, where the two differ; null where they are the same.</summary>
    public static string? Difference(JsonElement row, JsonElement told)
    {
        var names = row.EnumerateObject().Concat(told.EnumerateObject()).Select(member => member.Name).Distinct();
        var different = names.Where(name => Text(row, name) != Text(told, name)).Select(name => $"{name} is {Text(row, name)}, and was {Text(told, name)}").ToList();
        return different.Count == 0 ? null : string.Join("; ", different);
    }

    /// <summary>What is not there is as good as null: a column that came later holds nothing in a row that was told before.</summary>
    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Core.CanonicalJson.Write(value) : "null";

    private static object? Value(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDataTypeName(column) switch
    {
        "bytea" => row.GetName(column) == "wire" ? Hashed(row.GetFieldValue<byte[]>(column)) : Bytes(row.GetFieldValue<byte[]>(column)),
        "bytea[]" => row.GetFieldValue<byte[][]>(column).Select(Bytes).ToArray(),
        "timestamp with time zone" => Timestamp.Format(row.GetFieldValue<DateTimeOffset>(column)),
        "boolean" => row.GetBoolean(column),
        "text[]" => row.GetFieldValue<string[]>(column),
        "text" => Encoding.UTF8.GetByteCount(row.GetString(column)) <= LongestText ? row.GetString(column) : Hashed(Encoding.UTF8.GetBytes(row.GetString(column))),
        "uuid" => row.GetGuid(column).ToString(),
        var type when type.StartsWith("numeric", StringComparison.Ordinal) => row.GetFieldValue<BigInteger>(column).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
    };

    private static string Bytes(byte[] bytes) => bytes.Length <= LongestBytes ? Hex.Format(bytes) : Hashed(bytes);

    private static string Hashed(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Camel(string column) => string.Concat(column.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
