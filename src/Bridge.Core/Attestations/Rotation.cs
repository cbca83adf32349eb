namespace Bridge.Core;

/// <summary>What the current set's members sign to have another set follow, under the epoch that it will have.</summary>
public sealed record Rotation(ValidatorSet Next)
{
    private static readonly Hash32 TypeHash = AbiWords.TypeHash("Rotation(uint64 epoch,bytes32 members,uint8 threshold)");

    /// <summary>The EIP-712 digest on the chain whose validator set rotates.</summary>
    public Hash32 Digest(Eip712Domain domain) => domain.Digest(StructHash());

    public Hash32 StructHash() => new AbiWords()
        .Add(TypeHash).Add(Next.Epoch.Value).Add(Next.MembersHash()).Add((ulong)Next.Threshold)
        .Hash();
}
