using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An endpoint serves another chain than the configuration says.</summary>
public sealed class WrongChainException : Exception
{
    public WrongChainException(Uri endpoint, ChainId expected, ChainId actual)
        : base($"{RpcEndpoint.Describe(endpoint)} serves chain {actual}, not chain {expected}. Correct the endpoint or the chain id in the configuration.") =>
        (Endpoint, Expected, Actual) = (endpoint, expected, actual);

    /// <summary>The id is right, and the genesis block is another one than the other endpoints' quorum names.</summary>
    public WrongChainException(Uri endpoint, ChainId chain, Hash32 expected, Hash32 actual)
        : base($"{RpcEndpoint.Describe(endpoint)} serves a chain {chain} that began with block {actual}, the others one that began with {expected}. Correct the endpoint.") =>
        (Endpoint, Expected, Actual) = (endpoint, chain, chain);

    public Uri Endpoint { get; }
    public ChainId Expected { get; }
    public ChainId Actual { get; }
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
