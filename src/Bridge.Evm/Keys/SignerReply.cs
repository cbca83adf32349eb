using System.Numerics;
using System.Security.Cryptography;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What a signer elsewhere has answered, turned into a signature of the one who should have signed, or refused.</summary>
internal static class SignerReply
{
    /// <summary>n of secp256k1.</summary>
    private static readonly BigInteger Order = new(Hex.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), isUnsigned: true, isBigEndian: true);

    /// <param name="text">Hex of r, s and v; v may lack. Neither v nor the sign of s is taken on trust: hardware gets them wrong.</param>
    /// <exception cref="SignerException">It is no signature, or one by another key.</exception>
    public static CompactSignature Read(string signer, string text, Hash32 digest, Address expected)
    {
        if (!Hex.TryParse(text.Trim(), out var bytes) || bytes.Length is not (64 or 65))
            throw new SignerException(signer, "its answer is not 0x and the hex of r, s and v (65 bytes). Is it a signer of this kind?");
        bytes = bytes[..64];
        var s = new BigInteger(bytes.AsSpan(32), isUnsigned: true, isBigEndian: true);
        if (s > Order / 2) Write(Order - s, bytes.AsSpan(32));
        foreach (var parity in new byte[] { 0, 0x80 })
        {
            var form = (byte[])bytes.Clone();
            form[32] |= parity;
            var signature = new CompactSignature(form);
            if (signature.TryRecover(digest, out var by) && by == expected) return signature;
        }
        throw new SignerException(signer, $"its signature does not lead back to {expected}. Give the address of the key that it holds, or the key of this address to it");
    }

    /// <summary>32 bytes of the operating system's randomness under words that begin neither a transaction nor EIP-712 data.</summary>
    public static byte[] Challenge() => [.. "bridge asks whether this signer holds its key: "u8, .. RandomNumberGenerator.GetBytes(32)];

    private static void Write(BigInteger number, Span<byte> word)
    {
        if (number.Sign < 0) return;
        word.Clear();
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(word[(32 - bytes.Length)..]);
    }
}
