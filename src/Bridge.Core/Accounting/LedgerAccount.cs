using System.Numerics;

namespace Bridge.Core;

/// <summary>One asset on one chain in double entry, at a final block of that chain. All amounts are base units of the asset.</summary>
/// <param name="IsHome">Whether the asset is locked here, rather than minted.</param>
/// <param name="Arrived">Of all messages to this chain, those that took effect or were sent back.</param>
/// <param name="Sent">Of all messages from this chain.</param>
/// <param name="Held">What the chain itself says: at home the less of what the Bridge counts as locked and what it has, elsewhere the token's supply.</param>
/// <param name="Accepted">Up to how much unexplained a person accepted.</param>
public sealed record LedgerAccount(ChainId Chain, AssetId Asset, bool IsHome, BigInteger Arrived, BigInteger Sent, BigInteger Held, BigInteger Accepted)
{
    /// <summary>At home what must be locked, elsewhere what may exist. Below zero where more left than ever came.</summary>
    public BigInteger Expected => IsHome ? Sent - Arrived : Arrived - Sent;

    /// <summary>What exists here without a message that brought it, or at home is missing without one that took it. Never below zero.</summary>
    public BigInteger Unexplained => BigInteger.Max(0, IsHome ? Expected - Held : Held - Expected);

    public bool IsBroken => Unexplained > Accepted;

    /// <summary>
    /// Whether signing a message of the asset through a lane would move on what nobody explains: value without an origin leaves the chain where
    /// it is, or more is asked of a vault than is in it.
    /// </summary>
    public bool Forbids(Lane lane) => IsBroken && Chain == (IsHome ? lane.Destination : lane.Source);

    public override string ToString() => IsHome
        ? $"asset {Asset} on its home chain {Chain}: {Sent} came in and {Arrived} went out by messages, so {Expected} must be locked, and {Held} are: {Unexplained} are missing"
        : $"asset {Asset} on chain {Chain}: {Arrived} came and {Sent} left by messages, so {Expected} may exist, and {Held} do: {Unexplained} exist that no message brought";
}
