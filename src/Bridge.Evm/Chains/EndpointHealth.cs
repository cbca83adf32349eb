namespace Bridge.Evm;

/// <summary>How an endpoint is doing, in the order in which one hides another: the first that applies is shown.</summary>
public enum EndpointCondition
{
    /// <summary>It serves another chain than the configuration says.</summary>
    WrongChain,

    /// <summary>It contradicted a quorum about a final block, or served a proof that does not verify. It does not count for a while.</summary>
    Lying,

    /// <summary>It does not answer, or not in the form that was asked for.</summary>
    Down,

    /// <summary>It refuses because we ask too much.</summary>
    Limited,

    /// <summary>It no longer has the history that was asked for, whether it says so or not.</summary>
    Pruned,

    /// <summary>It stands still while others go on.</summary>
    Stale,

    /// <summary>A simple question takes it more than two seconds.</summary>
    Slow,
    Ok,
}

/// <summary>How an endpoint has been doing since the start.</summary>
/// <param name="LastHeight">The last head that it has shown.</param>
public sealed record EndpointHealth(
    Uri Endpoint, DateTimeOffset? LastSuccess, DateTimeOffset? LastErrorAt, string? LastError, ulong? LastHeight)
{
    /// <summary>The last thing that happened was a success.</summary>
    public bool IsHealthy => LastSuccess is { } success && (LastErrorAt is not { } error || success > error);

    public EndpointCondition Condition { get; init; } = EndpointCondition.Ok;

    /// <summary>Why it is in that condition; null when it is well.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it contradicted a quorum.</summary>
    public long Disagreements { get; init; }
}

/// <summary>An endpoint contradicted a quorum of the others. Somebody should look at it.</summary>
/// <param name="Question">What all were asked.</param>
/// <param name="Said">What this one said.</param>
/// <param name="Agreed">What the quorum said, or what the block's hash proves.</param>
/// <param name="Meaning">Lying or Pruned; Ok while the block is not final, when honest nodes may differ for a moment.</param>
public sealed record Disagreement(Core.ChainId Chain, Uri Endpoint, string Question, string Said, string Agreed, EndpointCondition Meaning)
{
    public override string ToString() => $"chain {Chain}, {Question}: {RpcEndpoint.Describe(Endpoint)} said {Said}, the others {Agreed}";
}
