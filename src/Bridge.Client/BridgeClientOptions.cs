namespace Bridge.Client;

/// <summary>How a client asks.</summary>
public sealed record BridgeClientOptions
{
    /// <summary>For webhooks and higher limits; null for none. Reading needs none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How often a request is made at most, the first time counted, when the server is busy or cannot be reached. At least 1. Default 4.</summary>
    public int MaxTries { get; init; } = 4;

    /// <summary>The longest wait between two tries. Where the server asks for a longer one, its answer is thrown at once. Default 30 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stream may be silent before it counts as broken. The server says something every 15 s. Default 45 s.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The clock that waits are measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal BridgeClientOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LongestSilence, TimeSpan.Zero);
        return this;
    }
}
