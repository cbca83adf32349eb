namespace Bridge.Api.Directory;

/// <param name="Chain">CAIP-2.</param>
/// <param name="State">up, degraded, halted or paused.</param>
/// <param name="Reason">For every state but up.</param>
/// <param name="FeeModel">How the chain charges for gas: eip1559, op-stack, arbitrum or zk.</param>
public sealed record ChainBody(
    string Chain, string Name, string State, string? Reason, string? PausedUntil, FinalityBody Finality, HeadBody Head, ContractsBody Contracts,
    EndpointsBody Endpoints, string FeeModel);

/// <param name="Policy">finalized, safe or depth:N.</param>
/// <param name="LagSeconds">Age of the newest final block.</param>
public sealed record FinalityBody(string Policy, string Height, long LagSeconds);

/// <param name="Latest">The newest block that a quorum of the endpoints agrees on.</param>
/// <param name="IndexedTo">The last block whose events are stored; absent before there is one.</param>
/// <param name="LagSeconds">Age of the newest block.</param>
/// <param name="SeenAt">When the chain was last looked at.</param>
public sealed record HeadBody(string Latest, string? IndexedTo, long LagSeconds, string SeenAt);

public sealed record ContractsBody(string Bridge, string Gateway);

/// <param name="Ok">How many of this relayer's endpoints are well.</param>
public sealed record EndpointsBody(int Ok, int Total);

public sealed record ChainListBody(IReadOnlyList<ChainBody> Chains);
