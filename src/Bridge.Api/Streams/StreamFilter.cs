using System.Globalization;
using Bridge.Api.Directory;
using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>Which changes a follower wants, read strictly.</summary>
internal sealed class StreamFilter
{
    internal static readonly string[] Known = ["chain", "source", "destination", "account", "asset", "status", "after"];
    internal static readonly string[] KnownToSockets = [.. Known, "named"];

    private ChainId? _chain, _source, _destination;
    private Address? _account;
    private AssetId? _asset;
    private TransferStatus[]? _statuses;

    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Nothing is wanted until transfers are named.</summary>
    public bool OnlyNamed { get; private set; }

    public static StreamFilter Read(IQueryCollection query, string[] known)
    {
        var filter = new StreamFilter();
        foreach (var key in query.Keys)
        {
            if (query[key].Count != 1 || (string?)query[key] is not { Length: > 0 } text) filter.Errors[key] = ["Give it once, with a value."];
            else if (!known.Contains(key)) filter.Errors[key] = [$"There is no such parameter. There are {string.Join(", ", known)}."];
            else if (filter.Take(key, text) is { } expected) filter.Errors[key] = [$"'{(text.Length > 100 ? text[..100] + "…" : text)}' is not {expected}."];
        }
        return filter;
    }

    public bool Wants(FeedItem item) =>
        (_chain is not { } chain || item.Lane.Source == chain || item.Lane.Destination == chain)
        && (_source is not { } source || item.Lane.Source == source) && (_destination is not { } destination || item.Lane.Destination == destination)
        && (_account is not { } account || item.Sender == account || item.Recipient == account) && (_asset is not { } asset || item.Asset == asset)
        && (_statuses is null || _statuses.Contains(Enum.Parse<TransferStatus>(item.Transition.To)));

    /// <summary>What was expected, where the text is something else.</summary>
    private string? Take(string key, string text)
    {
        const string Chain = "a chain id such as eip155:8453 or 8453";
        switch (key)
        {
            case "chain": return (_chain = ChainName.TryRead(text)) is null ? Chain : null;
            case "source": return (_source = ChainName.TryRead(text)) is null ? Chain : null;
            case "destination": return (_destination = ChainName.TryRead(text)) is null ? Chain : null;
            case "account": return (_account = Address.TryParse(text, out var account) ? account : null) is null ? "0x and 40 hex digits, with a right checksum if the case is mixed" : null;
            case "asset": return (_asset = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new AssetId(id) : null) is null ? "an asset id" : null;
            case "status": return (_statuses = StatusFilter.Statuses.TryGetValue(text, out var status) ? status.Statuses : null) is null ? $"one of {string.Join(", ", StatusFilter.Statuses.Keys)}" : null;
            case "named": return (OnlyNamed = text == "true") || text == "false" ? null : "true or false";
            default: return null; // after, which is read with Last-Event-ID.
        }
    }
}
