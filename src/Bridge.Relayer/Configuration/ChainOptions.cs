namespace Bridge.Relayer.Configuration;

/// <summary>One chain and how it is read.</summary>
public sealed record ChainOptions
{
    /// <summary>EIP-155 chain id; an endpoint that reports another one stops the start.</summary>
    public ulong ChainId { get; init; }

    /// <summary>Address of the Bridge contract.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>The block in which the Bridge was deployed: nothing is read below it.</summary>
    public ulong StartBlock { get; init; }

    /// <summary>JSON-RPC URLs, each run by somebody else if possible. One with a secret in it belongs into the environment.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>WebSocket URL of a node that announces new blocks, each of which is then looked for at once; empty: only every PollMilliseconds. Whatever it says is not believed.</summary>
    public string Heads { get; init; } = "";

    /// <summary>How many endpoints must agree; 0: more than half, and two of two. Never lowered at run time.</summary>
    public int Quorum { get; init; }

    /// <summary>Says that this chain is read through a single endpoint on purpose, so that one lying node suffices to deceive.</summary>
    public bool AllowSingleEndpoint { get; init; }

    /// <summary>"finalized", "safe" or "depth:N".</summary>
    public string Finality { get; init; } = "finalized";

    /// <summary>Whether a validator proves what the source's Bridge holds: "whenServed" by the endpoints, "required" before it signs, or "off".</summary>
    public string Proof { get; init; } = ProofModes.WhenServed;

    /// <summary>Milliseconds between two looks at the chain. 50 to 60,000.</summary>
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>Blocks in one log query. 1 to 10,000; halved by itself when an endpoint refuses.</summary>
    public int MaxLogRange { get; init; } = 2000;

    /// <summary>Seconds before a request to an endpoint is given up. 1 to 120.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Seconds without a new block after which the watcher says that it stalls. 1 to 86,400.</summary>
    public int StallSeconds { get; init; } = 120;

    /// <summary>How the chain charges: "eip1559", "op-stack", "arbitrum" or "zk".</summary>
    public string FeeModel { get; init; } = "eip1559";

    /// <summary>Address of the Intents contract, which takes transfers by signature; empty: none is offered.</summary>
    public string Intents { get; init; } = "";

    /// <summary>Address of the Permit2 that the Intents contract was deployed with.</summary>
    public string Permit2 { get; init; } = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

    public int EffectiveQuorum => Quorum > 0 ? Quorum : (Endpoints.Count / 2) + 1;
}

/// <summary>The values of <see cref="ChainOptions.Proof"/>.</summary>
public static class ProofModes
{
    public const string WhenServed = "whenServed";
    public const string Required = "required";
    public const string Off = "off";

    public static readonly IReadOnlyList<string> All = [WhenServed, Required, Off];
}
