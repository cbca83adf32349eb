using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Bridge.Evm;

/// <summary>scrypt, RFC 7914. Needs 128 * N * r bytes of memory, zeroed before they are given back.</summary>
internal static unsafe class Scrypt
{
    /// <summary>The most memory that a file may ask for: N = 2^20 with r = 8.</summary>
    public const long MaxMemory = 1L << 30;

    /// <summary>Sixteen times the usual N = 2^18, r = 8, p = 1: some ten seconds.</summary>
    private const long MaxWork = 1L << 25;

    /// <summary>What is wrong with the parameters, or null.</summary>
    public static string? Fault(long n, long r, long p)
    {
        if (n < 2 || n > 1 << 30 || !BitOperations.IsPow2(n)) return $"scrypt's n must be a power of two above 1, not {n}";
        if (r is < 1 or > 1 << 16 || p is < 1 or > 1 << 16 || r * p >= 1 << 20) return $"scrypt's r and p are out of range: {r}, {p}";
        if (128 * n * r > MaxMemory) return $"scrypt with n = {n}, r = {r} wants more than {MaxMemory >> 20} MiB of memory";
        return n * r * p > MaxWork ? $"scrypt with n = {n}, r = {r}, p = {p} would take minutes" : null;
    }

    public static byte[] DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, int length)
    {
        if (Fault(n, r, p) is { } fault) throw new ArgumentException(fault);
        var blockBytes = 128 * r;
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * blockBytes);
        var words = blockBytes / 4;
        var table = (uint*)NativeMemory.Alloc((nuint)n * (nuint)blockBytes);
        var scratch = (uint*)NativeMemory.Alloc((nuint)blockBytes * 2);
        try
        {
            for (var i = 0; i < p; i++) Mix(blocks.AsSpan(i * blockBytes, blockBytes), scratch, scratch + words, table, n, r);
            return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
        }
        finally
        {
            NativeMemory.Clear(table, (nuint)n * (nuint)blockBytes);
            NativeMemory.Clear(scratch, (nuint)blockBytes * 2);
            NativeMemory.Free(table);
            NativeMemory.Free(scratch);
            CryptographicOperations.ZeroMemory(blocks);
        }
    }

    /// <summary>scryptROMix, RFC 7914 section 5.</summary>
    private static void Mix(Span<byte> block, uint* x, uint* y, uint* table, int n, int r)
    {
        var words = 32 * r;
        for (var i = 0; i < words; i++) x[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * Salsa20.Place(i))..]);
        for (var i = 0; i < n; i++)
        {
            Buffer.MemoryCopy(x, table + ((long)i * words), 4L * words, 4L * words);
            MixBlock(x, y, r);
            Swap(ref x, ref y);
        }
        for (var i = 0; i < n; i++)
        {
            // n is at most 2^30, so the low word of Integerify is enough.
            var row = table + ((x[words - 16] & (uint)(n - 1)) * (long)words);
            for (var k = 0; k < words; k += 4) (Vector128.Load(x + k) ^ Vector128.Load(row + k)).Store(x + k);
            MixBlock(x, y, r);
            Swap(ref x, ref y);
        }
        for (var i = 0; i < words; i++) BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * Salsa20.Place(i))..], x[i]);
    }

    private static void Swap(ref uint* x, ref uint* y)
    {
        var kept = x;
        x = y;
        y = kept;
    }

    /// <summary>scryptBlockMix, RFC 7914 section 4: even results to the first half, odd ones to the second.</summary>
    private static void MixBlock(uint* input, uint* output, int r)
    {
        var chain = Salsa20.Block.Load(input + (((2 * r) - 1) * 16));
        for (var i = 0; i < 2 * r; i++)
        {
            chain = Salsa20.Core8(chain ^ Salsa20.Block.Load(input + (i * 16)));
            chain.Store(output + (((i / 2) + (i % 2 * r)) * 16));
        }
    }
}
