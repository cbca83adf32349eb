using System.Globalization;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Store;

/// <summary>Which transfers an export has: every filter that is given must hold of the row that is written.</summary>
public sealed class ExportFilter
{
    /// <summary>Each by what its value must be, in words.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["txHash"] = "a transaction on either chain, 0x and 64 hex digits", ["account"] = "an address, sender or recipient", ["sender"] = "an address", ["recipient"] = "an address",
        ["source"] = "a chain id in decimal", ["destination"] = "a chain id in decimal", ["asset"] = "an asset id in decimal", ["status"] = $"one of {string.Join(", ", PublicStatus.Words)}",
        ["validator"] = "an address that is among the signers", ["executor"] = "an address", ["holdReason"] = $"one of {string.Join(", ", HoldReasons)}",
        ["minAmount"] = "base units in decimal", ["from"] = "a time such as 2026-01-02T03:04:05Z, first seen then or later", ["to"] = "a time, first seen before it",
    };

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["sender"] = "sender", ["recipient"] = "recipient", ["source"] = "sourceChain", ["destination"] = "destinationChain", ["status"] = "status", ["executor"] = "executor", ["holdReason"] = "holdReason",
    };

    private readonly SortedDictionary<string, string> _given;

    private ExportFilter(SortedDictionary<string, string> given) => _given = given;

    private static string[] HoldReasons => [TransferRow.Held, TransferRow.EffectFailed];

    public IReadOnlyDictionary<string, string> Given => _given;

    /// <summary>In its one form, so that equal filters are equal texts.</summary>
    public string Text() => CanonicalJson.Write(JsonSerializer.SerializeToElement(_given));

    /// <summary>The filter, or by name what is wrong with it.</summary>
    public static (ExportFilter? Filter, IReadOnlyDictionary<string, string[]> Errors) Read(IEnumerable<KeyValuePair<string, string>> wanted)
    {
        var (given, errors) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string[]>());
        foreach (var (name, value) in wanted)
            if (!Known.TryGetValue(name, out var expected)) errors[name] = [$"There is no such filter. There are {string.Join(", ", Known.Keys)}."];
            else if (Normal(name, value) is { } normal) given[name] = normal;
            else errors[name] = [$"'{(value.Length > 100 ? value[..100] + "…" : value)}' is not {expected}."];
        return errors.Count == 0 ? (new ExportFilter(given), errors) : (null, errors);
    }

    /// <exception cref="FormatException">It was not written by <see cref="Text"/>.</exception>
    public static ExportFilter Parse(string text) =>
        Read(JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? []).Filter ?? throw new FormatException($"'{text}' is no filter of an export.");

    internal bool Takes(TransferRow row) => _given.All(filter => filter.Key switch
    {
        "txHash" => row["sourceTx"] == filter.Value || row["destinationTx"] == filter.Value || row["refundTx"] == filter.Value,
        "account" => row["sender"] == filter.Value || row["recipient"] == filter.Value,
        "asset" => row.Asset == filter.Value,
        "validator" => row["signers"]?.Split(' ').Contains(filter.Value) == true,
        "minAmount" => UInt128.Parse(row["amountIn"]!, CultureInfo.InvariantCulture) >= UInt128.Parse(filter.Value, CultureInfo.InvariantCulture),
        "from" => string.CompareOrdinal(row["observedAt"], filter.Value) >= 0,
        "to" => string.CompareOrdinal(row["observedAt"], filter.Value) < 0,
        var name => row[Columns[name]] == filter.Value,
    });

    private static string? Normal(string name, string value) => name switch
    {
        "txHash" => Hash32.TryParse(value, out var hash) ? hash.ToString() : null,
        "account" or "sender" or "recipient" or "validator" or "executor" => Address.TryParse(value, out var address) ? Hex.Format(address.ToArray()) : null,
        "source" or "destination" or "asset" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id.ToString(CultureInfo.InvariantCulture) : null,
        "minAmount" => UInt128.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount.ToString(CultureInfo.InvariantCulture) : null,
        "status" => PublicStatus.Words.FirstOrDefault(word => word == value),
        "holdReason" => HoldReasons.FirstOrDefault(reason => reason == value),
        _ => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Timestamp.Format(at) : null,
    };
}
