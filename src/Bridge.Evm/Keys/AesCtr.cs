using System.Security.Cryptography;

namespace Bridge.Evm;

/// <summary>AES in counter mode, NIST SP 800-38A section 6.5: the whole 16-byte block is the big-endian counter. Its own inverse.</summary>
internal static class AesCtr
{
    private const int BlockLength = 16;

    public static byte[] Transform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> firstCounter, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        var counter = firstCounter.ToArray();
        var stream = new byte[BlockLength];
        var output = new byte[data.Length];
        for (var at = 0; at < data.Length; at += BlockLength)
        {
            aes.EncryptEcb(counter, stream, PaddingMode.None);
            for (var i = 0; i < Math.Min(BlockLength, data.Length - at); i++) output[at + i] = (byte)(data[at + i] ^ stream[i]);
            for (var i = BlockLength - 1; i >= 0 && ++counter[i] == 0; i--)
            {
            }
        }
        CryptographicOperations.ZeroMemory(stream);
        return output;
    }
}
