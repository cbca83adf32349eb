namespace Bridge.Evm;

/// <summary>What a failed call means. Past <see cref="RpcErrors"/> nobody reads a node's prose.</summary>
public enum RpcErrorKind
{
    /// <summary>None of the known meanings; never to be taken for a success.</summary>
    Unknown,

    /// <summary>No connection, a broken one, or an HTTP error without a JSON-RPC reply.</summary>
    Transport,
    Timeout,
    RateLimited,

    /// <summary>The node or our response limit wants a smaller block range.</summary>
    RangeTooLarge,

    /// <summary>The node no longer keeps the history or state asked for.</summary>
    Pruned,

    /// <summary>The node does not have the block, yet or at all.</summary>
    NotFound,
    Reverted,
    NonceTooLow,
    AlreadyKnown,

    /// <summary>A replacement that does not pay enough more than the transaction it replaces.</summary>
    Underpriced,
    InsufficientFunds,

    /// <summary>Below the base fee or the node's least tip.</summary>
    FeeTooLow,
    MethodNotFound,

    /// <summary>The node stands still while the others go on; its head does not count.</summary>
    Stale,

    /// <summary>The reply is not the JSON-RPC or Ethereum form that was asked for.</summary>
    InvalidResponse,
}

/// <summary>A call to a node failed. The message names the node without its path, which often holds an API key.</summary>
public sealed class RpcException(RpcErrorKind kind, Uri endpoint, string message, int? code = null, string? data = null, Exception? inner = null)
    : Exception($"{RpcEndpoint.Describe(endpoint)}: {message}", inner)
{
    public RpcErrorKind Kind { get; } = kind;

    /// <summary>The JSON-RPC error code, or the HTTP status if there was none.</summary>
    public int? Code { get; } = code;

    /// <summary>0x-prefixed revert data, if the node sent any.</summary>
    public new string? Data { get; } = data;

    public Uri Endpoint { get; } = endpoint;

    /// <summary>How long the node asked us to stay away.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>An HTTP status at which the same request may succeed later.</summary>
    internal bool MayPass { get; init; }
}
