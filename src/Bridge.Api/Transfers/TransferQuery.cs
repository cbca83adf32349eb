using System.Globalization;
using Bridge.Api.Directory;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>The query of GET /v1/transfers, read strictly: what is unknown or malformed is an error that names the parameter.</summary>
internal sealed class TransferQuery
{
    private static readonly Dictionary<string, TransferStatus[]> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PENDING"] = [TransferStatus.Observed, TransferStatus.Finalized, TransferStatus.Certified, TransferStatus.Submitted, TransferStatus.Executed],
        ["ACTION_REQUIRED"] = [TransferStatus.Deferred],
        ["DONE"] = [TransferStatus.Delivered],
        ["REFUNDED"] = [TransferStatus.Refunded],
        ["FAILED"] = [TransferStatus.Orphaned],
    };

    private static readonly string[] Known = ["account", "sender", "recipient", "chain", "source", "destination", "asset", "status", "limit", "cursor"];

    private readonly IQueryCollection _query;

    private TransferQuery(IQueryCollection query) => _query = query;

    public Dictionary<string, string[]> Errors { get; } = [];
    public TransferFilter Filter { get; private set; } = new();
    public PageKey? After { get; private set; }
    public int Limit { get; private set; } = 50;

    public static TransferQuery Read(IQueryCollection query)
    {
        var read = new TransferQuery(query);
        foreach (var key in query.Keys.Where(key => !Known.Contains(key))) read.Errors[key] = [$"There is no such parameter. There are {string.Join(", ", Known)}."];
        foreach (var key in query.Keys.Where(key => query[key].Count > 1)) read.Errors[key] = ["Give it once."];
        read.Filter = new TransferFilter(
            read.Account("account"), read.Account("sender"), read.Account("recipient"), read.Chain("source"), read.Chain("destination"), read.Chain("chain"), read.Asset(), read.Status());
        read.Limit = read.Value("limit", "a whole number from 1 to 500", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= TransferQueries.MaxLimit ? n : (int?)null) ?? 50;
        read.After = read.Value("cursor", "what the page before gave as next, with the same filter", text => TransferCursor.TryRead(text, read.Filter));
        return read;
    }

    private Address? Account(string name) => Value(name, "0x and 40 hex digits, with a right checksum if the case is mixed", text => Address.TryParse(text, out var a) ? a : (Address?)null);

    private ChainId? Chain(string name) => Value(name, "a chain id such as eip155:8453 or 8453", ChainName.TryRead);

    private AssetId? Asset() => Value("asset", "an asset id", text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new AssetId(id) : (AssetId?)null);

    private TransferStatus[]? Status()
    {
        var text = (string?)_query["status"];
        if (string.IsNullOrEmpty(text)) return null;
        if (Statuses.TryGetValue(text, out var statuses)) return statuses;
        Errors["status"] = [$"'{text}' is not one of {string.Join(", ", Statuses.Keys)}."];
        return null;
    }

    private T? Value<T>(string name, string expected, Func<string, T?> parse) where T : struct
    {
        var text = (string?)_query[name];
        if (string.IsNullOrEmpty(text)) return null;
        if (parse(text) is { } value) return value;
        Errors[name] = [$"'{text}' is not {expected}."];
        return null;
    }
}
