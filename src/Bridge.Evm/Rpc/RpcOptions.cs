namespace Bridge.Evm;

/// <summary>Limits of a connection to one node.</summary>
public sealed record RpcOptions
{
    /// <summary>For one attempt, from request to the last byte of the reply. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A longer reply is refused without being read, whatever the node says. Bytes, default 32 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Attempts after the first. Default 3; 0 turns retrying off.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Before the first retry; it doubles each time, with jitter. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest Retry-After that is waited for; when a node asks for more, the call fails as rate limited. Default 30 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Under which chain its requests are counted. Default: none.</summary>
    public string Chain { get; init; } = "";

    /// <exception cref="ArgumentException">A limit that no call could meet.</exception>
    internal RpcOptions Checked()
    {
        if (Timeout <= TimeSpan.Zero) throw new ArgumentException($"The RPC timeout must be positive, not {Timeout}.");
        if (MaxResponseBytes < 1024) throw new ArgumentException($"The RPC response limit must be at least 1024 bytes, not {MaxResponseBytes}.");
        if (MaxRetries is < 0 or > 20) throw new ArgumentException($"The number of RPC retries is 0 to 20, not {MaxRetries}.");
        if (RetryDelay < TimeSpan.Zero || MaxRetryDelay < TimeSpan.Zero) throw new ArgumentException("RPC retry delays cannot be negative.");
        return this;
    }
}
