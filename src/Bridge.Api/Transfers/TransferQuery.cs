using System.Globalization;
using Bridge.Api.Directory;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>The query of GET /v1/transfers, read strictly: what is unknown or malformed is an error that names the parameter.</summary>
internal sealed class TransferQuery
{
    private static readonly string[] Known =
    [
        "txHash", "account", "sender", "recipient", "chain", "source", "destination", "asset", "status", "stage", "validator", "executor", "minAmount",
        "from", "to", "updatedSince", "sort", "limit", "cursor",
    ];

    private static readonly Dictionary<string, TransferSort> Sorts = new()
    {
        ["createdAt"] = TransferSort.CreatedAt, ["updatedAt"] = TransferSort.UpdatedAt, ["amount"] = TransferSort.Amount,
    };

    /// <summary>How long a range may be that is sorted by something no index holds.</summary>
    private static readonly TimeSpan LongestSorted = TimeSpan.FromDays(31);

    private readonly IQueryCollection _query;

    private TransferQuery(IQueryCollection query) => _query = query;

    public Dictionary<string, string[]> Errors { get; } = [];
    public TransferFilter Filter { get; private set; } = new();
    public PageKey? After { get; private set; }
    public int Limit { get; private set; } = 50;

    public static TransferQuery Read(IQueryCollection query, TransferCursor cursor)
    {
        var read = new TransferQuery(query);
        foreach (var key in query.Keys.Where(key => !Known.Contains(key))) read.Errors[key] = [$"There is no such parameter. There are {string.Join(", ", Known)}."];
        foreach (var key in query.Keys.Where(key => query[key].Count > 1)) read.Errors[key] = ["Give it once."];
        read.Filter = read.ReadFilter();
        read.CheckSort();
        read.Limit = read.Value("limit", $"a whole number from 1 to {TransferQueries.MaxLimit}", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= TransferQueries.MaxLimit ? n : (int?)null) ?? 50;
        read.After = read.Value("cursor", "what the page before gave as next, with the same filter", text => cursor.TryRead(text, read.Filter));
        return read;
    }

    private TransferFilter ReadFilter()
    {
        var filter = new TransferFilter(
            Account("account"), Account("sender"), Account("recipient"), Chain("source"), Chain("destination"), Chain("chain"),
            Value("asset", "an asset id", text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new AssetId(id) : (AssetId?)null))
        {
            Transaction = Value("txHash", "0x and 64 hex digits", text => Hash32.TryParse(text, out var hash) ? hash : (Hash32?)null),
            Validator = Account("validator"),
            Executor = Account("executor"),
            MinAmount = Value("minAmount", "a whole number of base units below 2^128, without sign, exponent or leading zero", Amounts.TryRead),
            From = Time("from"), To = Time("to"), UpdatedSince = Time("updatedSince"),
            Sort = Value("sort", $"one of {string.Join(", ", Sorts.Keys)}", text => Sorts.TryGetValue(text, out var sort) ? sort : (TransferSort?)null) ?? TransferSort.CreatedAt,
        };
        var (status, stage) = (Choice("status", StatusFilter.Statuses), Choice("stage", StatusFilter.Stages));
        if (filter is { From: { } from, To: { } to } && from >= to) Errors["to"] = ["It must be later than from."];
        return filter with { Statuses = StatusFilter.Both(status?.Statuses, stage?.Statuses), Held = status?.Held ?? stage?.Held };
    }

    private void CheckSort()
    {
        if (Filter.Sort is TransferSort.CreatedAt || Filter is not { Account: null, Sender: null, Recipient: null, Transaction: null }) return;
        if (Filter.From is { } from && (Filter.To ?? DateTimeOffset.UtcNow) - from <= LongestSorted) return;
        if (Filter.UpdatedSince is { } since && DateTimeOffset.UtcNow - since <= LongestSorted) return;
        Errors["sort"] = [$"Sorted by {Filter.Sort} all transfers would have to be read. Give an account, or a range of at most {LongestSorted.TotalDays} days by from or updatedSince."];
    }

    private Address? Account(string name) => Value(name, "0x and 40 hex digits, with a right checksum if the case is mixed", text => Address.TryParse(text, out var a) ? a : (Address?)null);

    private ChainId? Chain(string name) => Value(name, "a chain id such as eip155:8453 or 8453", ChainName.TryRead);

    private DateTimeOffset? Time(string name) => Value(name, "a time with its zone, such as 2026-01-02T03:04:05Z, from 1970 to 9999", Times.TryRead);

    private (TransferStatus[] Statuses, bool? Held)? Choice(string name, IReadOnlyDictionary<string, (TransferStatus[] Statuses, bool? Held)> choices)
    {
        var text = (string?)_query[name];
        if (string.IsNullOrEmpty(text)) return null;
        if (choices.TryGetValue(text, out var found)) return found;
        Errors[name] = [$"'{text}' is not one of {string.Join(", ", choices.Keys)}."];
        return null;
    }

    private T? Value<T>(string name, string expected, Func<string, T?> parse) where T : struct
    {
        var text = (string?)_query[name];
        if (string.IsNullOrEmpty(text)) return null;
        if (parse(text) is { } value) return value;
        Errors[name] = [$"'{(text.Length > 100 ? text[..100] + "…" : text)}' is not {expected}."];
        return null;
    }
}
