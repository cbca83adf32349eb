namespace Bridge.Core;

/// <summary>A transfer that its owner signs and somebody else submits, as <c>contracts/src/interfaces/IIntents.sol</c> defines it.</summary>
/// <param name="Amount">Base units that go into the message; the recipient gets amount - fee.</param>
/// <param name="Fee">Base units for whoever delivers.</param>
/// <param name="RelayerFee">Base units on top of the amount, for whoever submits.</param>
/// <param name="Deadline">Seconds of the Unix clock: the last one in which it can be submitted.</param>
/// <param name="Nonce">Any number that the owner has not used before.</param>
public sealed record TransferIntent(
    Address Owner, ChainId Destination, AssetId Asset, Address Recipient, UInt128 Amount, UInt128 Fee, UInt128 RelayerFee, ulong Deadline, UInt128 Nonce)
{
    public const string TypeText =
        "Intent(address owner,uint256 destinationChainId,uint32 assetId,address recipient,uint128 amount,uint128 fee,uint128 relayerFee,uint256 deadline,uint256 nonce)";

    private static readonly Hash32 TypeHash = AbiWords.TypeHash(TypeText);

    /// <summary>What the owner pays, in base units.</summary>
    public UInt128 Total => checked(Amount + RelayerFee);

    public Hash32 StructHash() => new AbiWords(10)
        .Add(TypeHash).Add(Owner).Add(Destination.Value).Add(Asset.Value).Add(Recipient).Add(Amount).Add(Fee).Add(RelayerFee).Add(Deadline).Add(Nonce)
        .Hash();

    /// <summary>The EIP-712 digest on the source chain: what <c>sendFor</c> wants signed, and what ERC-3009 takes as its nonce.</summary>
    public Hash32 Digest(ChainId source, Address intents) => new Eip712Domain(source, intents, "Intents").Digest(StructHash());
}
