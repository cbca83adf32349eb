using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A chain, and the endpoints through which the auditor looks at it.</summary>
/// <param name="StartBlock">The first block that can hold an event of the Bridge.</param>
public sealed record AuditedChain(string Name, ChainId Id, Address Bridge, ulong StartBlock, IReadOnlyList<Uri> Endpoints, int Quorum, FinalityPolicy Finality)
{
    public ChainClient Connect(HttpClient http) => new(Id, [.. Endpoints.Select(url => new RpcEndpoint(url, http, new RpcOptions()))], Quorum);
}
