using System.Buffers.Binary;
using System.Numerics;

namespace Bridge.Core;

/// <summary>An operation of an ERC-4337 account (EntryPoint 0.7 and 0.8) for which a paymaster is asked to pay. Gas in units, fees in wei per gas.</summary>
/// <param name="Nonce">Its key in the upper 192 bits, its sequence in the lower 64.</param>
/// <param name="InitCode">The factory's address and calldata where the account is not there yet; else empty.</param>
public sealed record SponsoredOperation(
    Address Sender, Hash32 Nonce, byte[] InitCode, byte[] CallData, UInt128 VerificationGas, UInt128 CallGas, UInt128 PreVerificationGas,
    UInt128 PriorityFee, UInt128 MaxFee, UInt128 PaymasterVerificationGas, UInt128 PaymasterPostOperationGas)
{
    public const string TypeText =
        "UserOperationRequest(address sender,uint256 nonce,bytes initCode,bytes callData,bytes32 accountGasLimits,uint256 preVerificationGas,bytes32 gasFees,uint256 paymasterVerificationGasLimit,uint256 paymasterPostOpGasLimit,uint48 validAfter,uint48 validUntil)";

    private static readonly Hash32 TypeHash = AbiWords.TypeHash(TypeText);

    /// <summary>Wei that the EntryPoint sets aside for it, and takes at most.</summary>
    public BigInteger MaxCost => ((BigInteger)VerificationGas + CallGas + PreVerificationGas + PaymasterVerificationGas + PaymasterPostOperationGas) * MaxFee;

    /// <summary>What the paymaster's signer signs: contracts/src/TransferPaymaster.sol, OpenZeppelin's PaymasterSigner.</summary>
    /// <param name="validUntil">Seconds of the Unix clock.</param>
    public Hash32 Digest(ChainId chain, Address paymaster, ulong validUntil) => Keccak256.Hash(Preimage(chain, paymaster, validUntil));

    /// <summary>The bytes whose keccak-256 is the digest.</summary>
    /// <param name="validUntil">Seconds of the Unix clock.</param>
    public byte[] Preimage(ChainId chain, Address paymaster, ulong validUntil) => new Eip712Domain(chain, paymaster, "TransferPaymaster").Preimage(new AbiWords(12)
        .Add(TypeHash).Add(Sender).Add(Nonce).Add(Keccak256.Hash(InitCode)).Add(Keccak256.Hash(CallData)).Add(Pair(VerificationGas, CallGas))
        .Add(PreVerificationGas).Add(Pair(PriorityFee, MaxFee)).Add(PaymasterVerificationGas).Add(PaymasterPostOperationGas).Add(0ul).Add(validUntil)
        .Hash());

    private static Hash32 Pair(UInt128 high, UInt128 low)
    {
        Span<byte> word = stackalloc byte[Hash32.Length];
        BinaryPrimitives.WriteUInt128BigEndian(word, high);
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], low);
        return new Hash32(word);
    }
}
