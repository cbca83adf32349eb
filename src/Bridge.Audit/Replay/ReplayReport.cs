using System.Numerics;
using Bridge.Core;

namespace Bridge.Audit;

/// <param name="Underway">Sent and not delivered.</param>
/// <param name="Deferred">Delivered, and neither paid nor sent back yet.</param>
/// <param name="Certificates">Deliveries whose certificate was looked at.</param>
public sealed record ReplayedLane(Lane Lane, Hash32 LaneId, int Sent, int Underway, int Deferred, int Refunded, int Certificates);

/// <summary>An asset over all chains, each at its block. Base units.</summary>
public sealed record ReplayedAsset(AssetId Asset, BigInteger Locked, BigInteger Existing, BigInteger Underway);

/// <summary>The whole history of a deployment, made again from nothing but its chains.</summary>
/// <param name="Supplies">By chain, asset and block.</param>
/// <param name="Verdicts">The laws that the chains alone decide, and that the supply by events is the contracts'.</param>
public sealed record ReplayReport(
    IReadOnlyList<(ChainId Chain, BlockRef At)> Chains, IReadOnlyList<ReplayedLane> Lanes, IReadOnlyList<ReplayedAsset> Assets, IReadOnlyList<SupplyPoint> Supplies,
    IReadOnlyList<LawVerdict> Verdicts)
{
    public bool IsClean => Verdicts.All(verdict => verdict.State is LawState.Ok);
}
