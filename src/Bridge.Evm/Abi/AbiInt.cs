using System.Numerics;

namespace Bridge.Evm;

/// <summary>Integers as 32-byte big-endian words, negative ones as two's complement.</summary>
internal static class AbiInt
{
    private static readonly BigInteger WordRange = BigInteger.One << 256;

    /// <exception cref="AbiException">No integer, or outside the type's range.</exception>
    public static byte[] Word(AbiInteger type, object? value)
    {
        var number = value switch
        {
            BigInteger n => n,
            ulong n => n,
            UInt128 n => (BigInteger)n,
            uint n => n,
            int n => n,
            long n => n,
            byte n => n,
            ushort n => n,
            _ => throw new AbiException($"A {value?.GetType().Name ?? "null"} is no value of {type}."),
        };
        return Fits(type, number) ? Word(number) : throw new AbiException($"{number} is outside the range of {type}.");
    }

    /// <param name="number">From -2^255 to 2^256 - 1.</param>
    public static byte[] Word(BigInteger number)
    {
        var word = new byte[32];
        var unsigned = number.Sign < 0 ? number + WordRange : number;
        var bytes = unsigned.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(word, 32 - bytes.Length);
        return word;
    }

    /// <exception cref="AbiException">The padding is not the type's sign or zero extension.</exception>
    public static BigInteger Read(AbiInteger type, ReadOnlySpan<byte> word)
    {
        var number = new BigInteger(word, isUnsigned: !type.IsSigned, isBigEndian: true);
        return Fits(type, number) ? number : throw new AbiException($"{number} is outside the range of {type}.");
    }

    private static bool Fits(AbiInteger type, BigInteger number) => type.IsSigned
        ? number >= -(BigInteger.One << (type.Bits - 1)) && number < BigInteger.One << (type.Bits - 1)
        : number.Sign >= 0 && number < BigInteger.One << type.Bits;
}
