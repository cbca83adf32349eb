using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Recursive Length Prefix, Ethereum Yellow Paper appendix B. Each method returns one encoded item.</summary>
public static class Rlp
{
    public static byte[] Bytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < 0x80 ? [bytes[0]] : [.. Prefix(0x80, bytes.Length), .. bytes];

    /// <summary>A number without leading zeros; zero is the empty string.</summary>
    /// <exception cref="ArgumentOutOfRangeException">RLP has no negative numbers.</exception>
    public static byte[] Number(BigInteger number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number.IsZero ? Bytes([]) : Bytes(number.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>A big-endian number that may start with zeros.</summary>
    public static byte[] Number(ReadOnlySpan<byte> bigEndian) => Bytes(bigEndian.TrimStart((byte)0));

    public static byte[] Address(Address address) => Bytes(address.ToArray());

    /// <param name="items">Encoded already.</param>
    public static byte[] List(params IReadOnlyList<byte[]> items)
    {
        var length = items.Sum(item => item.Length);
        return [.. Prefix(0xc0, length), .. items.SelectMany(item => item)];
    }

    private static byte[] Prefix(byte kind, int length)
    {
        if (length < 56) return [(byte)(kind + length)];
        var digits = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(kind + 55 + digits.Length), .. digits];
    }
}
