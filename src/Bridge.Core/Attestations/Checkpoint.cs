namespace Bridge.Core;

/// <summary>What a validator attests to: everything in a lane up to a sequence, as it stood at a finalized source block.</summary>
/// <param name="LaneId">The lane's EIP-712 identity, see <see cref="RollingHash.LaneId"/>.</param>
public sealed record Checkpoint(Hash32 LaneId, Sequence Sequence, Hash32 RollingHash)
{
    private static readonly Hash32 TypeHash =
        AbiWords.TypeHash("Checkpoint(uint64 epoch,bytes32 lane,uint64 sequence,bytes32 rollingHash)");

    /// <summary>The EIP-712 digest that counts toward the destination's validator set of <paramref name="epoch"/>.</summary>
    public Hash32 Digest(Eip712Domain domain, Epoch epoch) => domain.Digest(StructHash(epoch));

    /// <summary>The bytes whose keccak-256 is the digest.</summary>
    public byte[] Preimage(Eip712Domain domain, Epoch epoch) => domain.Preimage(StructHash(epoch));

    public Hash32 StructHash(Epoch epoch) => new AbiWords()
        .Add(TypeHash).Add(epoch.Value).Add(LaneId).Add(Sequence.Value).Add(RollingHash)
        .Hash();
}
