using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <param name="Raw">Ready to broadcast.</param>
/// <param name="Hash">By which every node knows it.</param>
public sealed record SignedTransaction(byte[] Raw, Hash32 Hash);

/// <summary>A type 2 transaction that calls a contract or pays an account, with an empty access list. Source: EIP-1559, EIP-2718.</summary>
/// <param name="GasLimit">Gas units.</param>
/// <param name="Value">Wei.</param>
public sealed record Eip1559Transaction(
    ChainId Chain, ulong Nonce, GasFees Fees, ulong GasLimit, Address To, UInt128 Value, byte[] Data)
{
    private const byte Type = 2;

    /// <summary>What the account's key signs.</summary>
    public Hash32 SigningHash() => Keccak256.Hash(Unsigned());

    /// <summary>The transaction without its signature.</summary>
    public byte[] Unsigned() => [Type, .. Rlp.List(Fields())];

    /// <exception cref="SignerException">The signer gives no signature.</exception>
    public async Task<SignedTransaction> SignAsync(ISigner signer, CancellationToken ct)
    {
        var signature = (await signer.SignAsync(Unsigned(), ct)).ToArray();
        var parity = signature[32] >> 7;
        signature[32] &= 0x7f;
        byte[] raw = [Type, .. Rlp.List([.. Fields(), Rlp.Number(parity), Rlp.Number(signature.AsSpan(0, 32)), Rlp.Number(signature.AsSpan(32))])];
        return new SignedTransaction(raw, Keccak256.Hash(raw));
    }

    private byte[][] Fields() =>
    [
        Rlp.Number(Chain.Value), Rlp.Number(Nonce), Rlp.Number((BigInteger)Fees.PriorityFee), Rlp.Number((BigInteger)Fees.MaxFee),
        Rlp.Number(GasLimit), Rlp.Address(To), Rlp.Number((BigInteger)Value), Rlp.Bytes(Data), Rlp.List(),
    ];
}
