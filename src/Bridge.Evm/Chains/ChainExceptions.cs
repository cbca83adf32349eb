using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An endpoint serves another chain than the configuration says.</summary>
public sealed class WrongChainException(Uri endpoint, ChainId expected, ChainId actual)
    : Exception($"{RpcEndpoint.Describe(endpoint)} serves chain {actual}, not chain {expected}. Correct the endpoint or the chain id in the configuration.")
{
    public Uri Endpoint { get; } = endpoint;
    public ChainId Expected { get; } = expected;
    public ChainId Actual { get; } = actual;
}

/// <summary>Too few endpoints gave the same answer. The quorum is never lowered: either the endpoints recover, or a person acts.</summary>
public sealed class EndpointQuorumException(ChainId chain, string question, int agreed, int quorum, IReadOnlyList<EndpointAnswer> answers)
    : Exception($"Chain {chain}, {question}: {agreed} of {answers.Count} endpoints agreed, {quorum} are needed. {string.Join("; ", answers)}.")
{
    public ChainId Chain { get; } = chain;
    public int Agreed { get; } = agreed;
    public int Quorum { get; } = quorum;

    /// <summary>Who said what, one per endpoint that was asked.</summary>
    public IReadOnlyList<EndpointAnswer> Answers { get; } = answers;
}

/// <param name="Answer">A short form of what it answered, or why it did not.</param>
public sealed record EndpointAnswer(Uri Endpoint, string Answer)
{
    public override string ToString() => $"{RpcEndpoint.Describe(Endpoint)} said {Answer}";
}

/// <summary>How an endpoint has been doing since the start.</summary>
public sealed record EndpointHealth(
    Uri Endpoint, DateTimeOffset? LastSuccess, DateTimeOffset? LastErrorAt, string? LastError, ulong? LastHeight)
{
    /// <summary>The last thing that happened was a success.</summary>
    public bool IsHealthy => LastSuccess is { } success && (LastErrorAt is not { } error || success > error);
}
