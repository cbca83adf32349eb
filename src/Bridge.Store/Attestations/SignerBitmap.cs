using System.Numerics;

namespace Bridge.Store;

/// <summary>The bitmap of a certificate as the 32-byte word that the contract reads.</summary>
internal static class SignerBitmap
{
    public static byte[] ToWord(BigInteger signers)
    {
        var bytes = signers.ToByteArray(isUnsigned: true, isBigEndian: true);
        var word = new byte[32];
        bytes.CopyTo(word, word.Length - bytes.Length);
        return word;
    }

    public static BigInteger FromWord(byte[] word) => new(word, isUnsigned: true, isBigEndian: true);
}
