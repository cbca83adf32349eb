using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bridge.Core;

/// <summary>An account's or contract's 20 bytes, ordered as unsigned big-endian numbers, like Solidity orders them. Text form: EIP-55.</summary>
public readonly record struct Address : IComparable<Address>
{
    public const int Length = 20;

    private readonly ulong _high, _middle;
    private readonly uint _low;

    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 20 bytes long.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"An address has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <param name="point">The 64 bytes of x and y of a secp256k1 key.</param>
    public static Address OfPublicKey(ReadOnlySpan<byte> point) => new(Keccak256.Hash(point).ToArray().AsSpan(Hash32.Length - Length));

    public bool IsZero => (_high | _middle | _low) == 0;

    /// <exception cref="ArgumentException">The destination is shorter than 20 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(Address other)
    {
        var high = _high.CompareTo(other._high);
        if (high != 0) return high;
        var middle = _middle.CompareTo(other._middle);
        return middle != 0 ? middle : _low.CompareTo(other._low);
    }

    /// <summary>0x and 40 hex digits. Mixed case must be the EIP-55 checksum: it catches a mistyped character.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (!Hex.TryParse(text, out var bytes) || bytes.Length != Length) return false;
        var parsed = new Address(bytes);
        var digits = text.AsSpan(2);
        var mixed = digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F');
        if (mixed && parsed.ToString() != text) return false;
        address = parsed;
        return true;
    }

    /// <exception cref="FormatException">Not an address, or mixed case with a wrong EIP-55 checksum.</exception>
    public static Address Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an address: expected 0x and 40 hex digits, with a right checksum if the case is mixed.");

    /// <summary>EIP-55: a digit's case is the matching bit of the keccak-256 hash of the lower-case text.</summary>
    public override string ToString()
    {
        var lower = Convert.ToHexStringLower(ToArray());
        Span<byte> hash = stackalloc byte[Hash32.Length];
        Keccak256.Hash(Encoding.ASCII.GetBytes(lower)).CopyTo(hash);
        var text = new StringBuilder("0x", 42);
        for (var i = 0; i < lower.Length; i++)
        {
            var nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
            text.Append(nibble >= 8 ? char.ToUpperInvariant(lower[i]) : lower[i]);
        }
        return text.ToString();
    }
}
