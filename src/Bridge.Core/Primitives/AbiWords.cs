using System.Buffers.Binary;
using System.Numerics;

namespace Bridge.Core;

/// <summary>Concatenates 32-byte words the way <c>abi.encode</c> lays out static types: what hashed structs and most calldata are made of.</summary>
public sealed class AbiWords(int capacity = 8)
{
    private readonly List<byte> _bytes = new(capacity * Hash32.Length);

    public static Hash32 TypeHash(string type) => Keccak256.Hash(type);

    public AbiWords Add(Hash32 word) => Append(word.ToArray());

    public AbiWords Add(Address address)
    {
        var word = new byte[Hash32.Length];
        address.CopyTo(word.AsSpan(12));
        return Append(word);
    }

    public AbiWords Add(ulong number)
    {
        var word = new byte[Hash32.Length];
        BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), number);
        return Append(word);
    }

    public AbiWords Add(UInt128 number)
    {
        var word = new byte[Hash32.Length];
        BinaryPrimitives.WriteUInt128BigEndian(word.AsSpan(16), number);
        return Append(word);
    }

    /// <exception cref="ArgumentException">It is negative, or takes more than a word.</exception>
    public AbiWords Add(BigInteger number)
    {
        var word = new byte[Hash32.Length];
        var bytes = number.Sign < 0 ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (bytes.Length is 0 or > Hash32.Length) throw new ArgumentException("A uint256 is from 0 to 2^256 - 1.", nameof(number));
        bytes.CopyTo(word, word.Length - bytes.Length);
        return Append(word);
    }

    /// <summary>The tail of a dynamic value: its length, then its bytes padded with zeros to whole words.</summary>
    public AbiWords AddTail(byte[] bytes) => Add((ulong)bytes.Length).Append([.. bytes, .. new byte[Padded(bytes.Length) - (ulong)bytes.Length]]);

    /// <summary>Bytes that a dynamic value's own bytes take, filled up to whole words.</summary>
    public static ulong Padded(int length) => (ulong)((length + Hash32.Length - 1) / Hash32.Length * Hash32.Length);

    /// <summary>The first four bytes of a function's calldata, or of an error's data.</summary>
    /// <param name="signature">Canonical, such as <c>approve(address,uint256)</c>.</param>
    public static byte[] Selector(string signature) => TypeHash(signature).ToArray()[..4];

    /// <summary>Calldata of a function whose arguments these words are.</summary>
    /// <param name="signature">Canonical, such as <c>approve(address,uint256)</c>.</param>
    public byte[] Call(string signature) => [.. Selector(signature), .. _bytes];

    public Hash32 Hash() => Keccak256.Hash(_bytes.ToArray());

    private AbiWords Append(byte[] word)
    {
        _bytes.AddRange(word);
        return this;
    }
}
