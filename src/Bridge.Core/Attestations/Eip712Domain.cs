namespace Bridge.Core;

/// <summary>The EIP-712 domain of a Bridge: name "Bridge", version "1", the destination chain and its Bridge.</summary>
public sealed record Eip712Domain(ChainId Chain, Address VerifyingContract)
{
    public const string Name = "Bridge";
    public const string Version = "1";

    private static readonly Hash32 TypeHash =
        AbiWords.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    public Hash32 Separator() => new AbiWords()
        .Add(TypeHash).Add(AbiWords.TypeHash(Name)).Add(AbiWords.TypeHash(Version)).Add(Chain.Value).Add(VerifyingContract)
        .Hash();

    /// <summary>keccak256(0x1901 || domain separator || struct hash), EIP-712.</summary>
    public Hash32 Digest(Hash32 structHash)
    {
        Span<byte> bytes = stackalloc byte[2 + (2 * Hash32.Length)];
        bytes[0] = 0x19;
        bytes[1] = 0x01;
        Separator().CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[34..]);
        return Keccak256.Hash(bytes);
    }
}
