using Bridge.Core;

namespace Bridge.Audit;

/// <summary>A chain, and the endpoints through which the auditor looks at it.</summary>
/// <param name="StartBlock">The first block that can hold an event of the Bridge.</param>
public sealed record AuditedChain(string Name, ChainId Id, Address Bridge, ulong StartBlock, IReadOnlyList<Uri> Endpoints, int Quorum, FinalityPolicy Finality);
