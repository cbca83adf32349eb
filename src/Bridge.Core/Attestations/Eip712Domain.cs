namespace Bridge.Core;

/// <summary>An EIP-712 domain. That of a Bridge: name "Bridge", version "1", the destination chain and its Bridge.</summary>
public sealed record Eip712Domain(ChainId Chain, Address VerifyingContract, string Name = "Bridge", string Version = "1")
{
    private static readonly Hash32 TypeHash =
        AbiWords.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    public Hash32 Separator() => new AbiWords()
        .Add(TypeHash).Add(Keccak256.Hash(Name)).Add(Keccak256.Hash(Version)).Add(Chain.Value).Add(VerifyingContract)
        .Hash();

    /// <summary>keccak256(0x1901 || domain separator || struct hash), EIP-712.</summary>
    public Hash32 Digest(Hash32 structHash) => Keccak256.Hash(Preimage(structHash));

    /// <summary>The 66 bytes whose keccak-256 is the digest: what a signer that hashes by itself is given.</summary>
    public byte[] Preimage(Hash32 structHash) => Preimage(Separator(), structHash);

    /// <summary>The same under a domain of other members than a Bridge's, given by its separator.</summary>
    public static byte[] Preimage(Hash32 separator, Hash32 structHash) => [0x19, 0x01, .. separator.ToArray(), .. structHash.ToArray()];
}
