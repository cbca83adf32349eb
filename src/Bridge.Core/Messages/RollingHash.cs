namespace Bridge.Core;

/// <summary>The commitment to everything a lane ever carried. The rolling hash at a sequence is also that message's id.</summary>
public static class RollingHash
{
    private static readonly Hash32 LaneTypeHash =
        AbiWords.TypeHash("Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)");

    /// <summary>hash(0): the empty lane between two Bridges.</summary>
    public static Hash32 LaneId(Lane lane, Address sourceBridge, Address destinationBridge) => new AbiWords()
        .Add(LaneTypeHash)
        .Add(lane.Source.Value).Add(sourceBridge)
        .Add(lane.Destination.Value).Add(destinationBridge)
        .Hash();

    /// <summary>hash(n) from hash(n-1) and the exact wire bytes of message n.</summary>
    public static Hash32 Fold(Hash32 previous, ReadOnlySpan<byte> wire)
    {
        Span<byte> pair = stackalloc byte[2 * Hash32.Length];
        previous.CopyTo(pair);
        Keccak256.Hash(wire).CopyTo(pair[Hash32.Length..]);
        return Keccak256.Hash(pair);
    }

    public static Hash32 Fold(Hash32 previous, IEnumerable<byte[]> wires) =>
        wires.Aggregate(previous, (hash, wire) => Fold(hash, wire));
}
