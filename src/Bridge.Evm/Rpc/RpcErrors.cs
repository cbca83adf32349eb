using System.Text.Json;

namespace Bridge.Evm;

/// <summary>
/// The one place that reads what nodes say: geth, reth, nethermind, anvil and the large providers. Only anvil's phrases were recorded
/// from a running node. The first row that matches decides, so the more telling rows stand first.
/// </summary>
public static class RpcErrors
{
    private static readonly (RpcErrorKind Kind, string[] Phrases)[] Table =
    [
        (RpcErrorKind.Reverted, ["execution reverted", "vm execution error", "transaction reverted", "reverted 0x", "out of gas", "gas required exceeds"]),
        (RpcErrorKind.AlreadyKnown, ["already known", "alreadyknown", "already imported", "known transaction", "already in mempool"]),
        (RpcErrorKind.NonceTooLow, ["nonce too low", "oldnonce", "nonce is too low", "invalid transaction nonce"]),
        (RpcErrorKind.Underpriced, ["replacement transaction underpriced", "replacementnotallowed", "replacement fee too low", "transaction gas price too low to replace"]),
        (RpcErrorKind.InsufficientFunds, ["insufficient funds", "insufficientfunds", "insufficient balance"]),
        (RpcErrorKind.FeeTooLow, ["less than block base fee", "transaction underpriced", "feetoolow", "fee too low", "tip cap", "gas price below configured minimum"]),
        (RpcErrorKind.NotFound, ["invalid block range", "beyond current head"]),
        (RpcErrorKind.RangeTooLarge,
        [
            "query returned more than", "query exceeds max", "block range", "range too large", "range is too large", "limited to a",
            "response size exceeded", "response size should not", "response too large", "response is too big", "too many blocks",
            "too many logs", "max logs per response", "logs matched by query exceeds", "query timeout exceeded", "max range",
            "too many results", "limit the query to", "exceeds the range allowed",
        ]),
        (RpcErrorKind.Pruned,
        [
            "missing trie node", "pruned", "pruning", "historical state", "no state available", "no state found", "state is not available",
            "state not available", "history has been", "state already discarded", "archive node",
        ]),
        (RpcErrorKind.NotFound, ["header not found", "block not found", "unknown block", "could not be found", "blockoutofrange", "finalized block not found", "cannot query unfinalized"]),
        (RpcErrorKind.RateLimited, ["rate limit", "too many requests", "request limit", "capacity exceeded", "compute units", "request count exceeded", "quota"]),
        (RpcErrorKind.Timeout, ["timeout", "timed out"]),
        (RpcErrorKind.MethodNotFound, ["method not found", "method does not exist", "is not supported", "does not exist/is not available", "not whitelisted"]),
    ];

    /// <summary>From a JSON-RPC error's code and message.</summary>
    public static RpcErrorKind Classify(int? code, string message) => code switch
    {
        3 => RpcErrorKind.Reverted,
        4444 => RpcErrorKind.Pruned,
        _ => ByText(message) ?? code switch
        {
            429 or -32005 => RpcErrorKind.RateLimited,
            -32601 => RpcErrorKind.MethodNotFound,
            -32001 or -39001 => RpcErrorKind.NotFound,
            -32016 => RpcErrorKind.Timeout,
            _ => RpcErrorKind.Unknown,
        },
    };

    /// <summary>The exception for the error member of a reply.</summary>
    internal static RpcException Read(Uri endpoint, JsonElement error)
    {
        if (error.ValueKind is not JsonValueKind.Object
            || !error.TryGetProperty("message", out var text) || text.ValueKind is not JsonValueKind.String)
            return new RpcException(RpcErrorKind.InvalidResponse, endpoint, $"the error is not a JSON-RPC error: {Shorten(error.GetRawText())}");
        int? code = error.TryGetProperty("code", out var number) && number.ValueKind is JsonValueKind.Number && number.TryGetInt32(out var c) ? c : null;
        var (data, detail) = error.TryGetProperty("data", out var extra) ? ReadData(extra) : (null, null);
        var message = Shorten(text.GetString()!);
        var kind = Classify(code, detail is null ? message : $"{message} {detail}");
        if (kind is RpcErrorKind.Reverted && data is not null) message = $"{message} [{RevertReason.Describe(data)}]";
        return new RpcException(kind, endpoint, message, code, data);
    }

    private static RpcErrorKind? ByText(string message)
    {
        foreach (var (kind, phrases) in Table)
            if (phrases.Any(phrase => message.Contains(phrase, StringComparison.OrdinalIgnoreCase))) return kind;
        return null;
    }

    /// <summary>Revert data if there is any, else the words that nethermind and others put there.</summary>
    private static (string? Data, string? Detail) ReadData(JsonElement data)
    {
        if (data.ValueKind is JsonValueKind.Object && data.TryGetProperty("data", out var inner)) data = inner;
        if (data.ValueKind is not JsonValueKind.String) return (null, null);
        var text = data.GetString()!;
        var hex = text.StartsWith("Reverted ", StringComparison.Ordinal) ? text["Reverted ".Length..] : text;
        return Core.Hex.TryParse(hex, out _) ? (hex, null) : (null, Shorten(text));
    }

    /// <summary>A node's text may be long, or made to forge lines in a log.</summary>
    internal static string Shorten(string text)
    {
        var line = string.Concat(text.Take(300).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > 300 ? line + "..." : line;
    }
}
