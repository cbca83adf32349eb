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
    public static Hash32 Fold(Hash32 previous, ReadOnlySpan<byte> wire) => Fold(previous, Keccak256.Hash(wire));

    /// <summary>The hash after each of several messages, which follow each other: much faster than one by one.</summary>
    public static Hash32[] FoldEach(Hash32 previous, IReadOnlyList<byte[]> wires)
    {
        var hashes = Keccak256.HashEach(wires);
        for (var i = 0; i < hashes.Length; i++) hashes[i] = previous = Fold(previous, hashes[i]);
        return hashes;
    }

    /// <summary>The hash after the last of several messages.</summary>
    public static Hash32 Fold(Hash32 previous, IReadOnlyList<byte[]> wires) => wires.Count == 0 ? previous : FoldEach(previous, wires)[^1];

    private static Hash32 Fold(Hash32 previous, Hash32 message)
    {
        Span<byte> pair = stackalloc byte[2 * Hash32.Length];
        previous.CopyTo(pair);
        message.CopyTo(pair[Hash32.Length..]);
        return Keccak256.Hash(pair);
    }
}
