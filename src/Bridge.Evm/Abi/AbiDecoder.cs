using System.Text;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Reads only the canonical encoding, the one that <see cref="AbiEncoder"/> and solc write: zero padding, tails in order, every byte
/// used. So one value has one encoding, and offsets cannot make a small input mean a large value.
/// </summary>
public static class AbiDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="AbiException">Not the canonical encoding of a value of <paramref name="type"/>.</exception>
    public static object Decode(AbiType type, ReadOnlySpan<byte> data)
    {
        var value = Read(type, data, out var used);
        return used == data.Length ? value : throw new AbiException($"{data.Length - used} bytes are left over after {type}.");
    }

    /// <summary>Reads a value that starts at the first byte; a dynamic one as it lies in its tail.</summary>
    private static object Read(AbiType type, ReadOnlySpan<byte> data, out int used)
    {
        used = 32;
        switch (type)
        {
            case AbiInteger integer: return AbiInt.Read(integer, Word(data, 0));
            case AbiAddress: return new Address(Unpadded(type, Word(data, 0), 12));
            case AbiBool:
                var flag = Unpadded(type, Word(data, 0), 31)[0];
                return flag < 2 ? flag == 1 : throw new AbiException($"{flag} is no bool.");
            case AbiFixedBytes { Length: var length }: return Padded(type, Word(data, 0), length).ToArray();
            case AbiBytes bytes: return ReadBytes(bytes, data, out used);
            case AbiArray { Length: { } count } array: return ReadSequence(_ => array.Element, count, data, out used);
            case AbiArray array:
                var elements = Length(data, array.Element.HeadLength);
                var items = ReadSequence(_ => array.Element, elements, data[32..], out used);
                used += 32;
                return items;
            case AbiTuple tuple: return ReadSequence(i => tuple.Members[i], tuple.Members.Count, data, out used);
            default: throw new AbiException($"{type} cannot be decoded.");
        }
    }

    private static object[] ReadSequence(Func<int, AbiType> typeOf, int count, ReadOnlySpan<byte> data, out int used)
    {
        var heads = 0;
        for (var i = 0; i < count; i++) heads = checked(heads + typeOf(i).HeadLength);
        if (heads > data.Length) throw new AbiException($"{data.Length} bytes are too few: {heads} are needed.");

        var values = new object[count];
        used = heads;
        for (int i = 0, head = 0; i < count; i++)
        {
            var type = typeOf(i);
            if (type.IsDynamic)
            {
                var offset = AbiInt.Read(new AbiInteger(false, 256), Word(data, head));
                if (offset != used) throw new AbiException($"The offset of {type} is {offset}, canonical is {used}.");
                values[i] = Read(type, data[used..], out var length);
                used += length;
            }
            else
            {
                values[i] = Read(type, data[head..], out _);
            }
            head += type.HeadLength;
        }
        return values;
    }

    private static object ReadBytes(AbiBytes type, ReadOnlySpan<byte> data, out int used)
    {
        var length = Length(data, 1);
        used = 32 + ((length + 31) / 32 * 32);
        if (used > data.Length) throw new AbiException($"{data.Length - 32} bytes are too few for a {type} of {length}.");
        var content = Padded(type, data[32..used], length);
        if (!type.IsText) return content.ToArray();
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw new AbiException("A string is not UTF-8.");
        }
    }

    private static int Length(ReadOnlySpan<byte> data, int elementLength)
    {
        var length = AbiInt.Read(new AbiInteger(false, 256), Word(data, 0));
        if (length * elementLength > data.Length - 32) throw new AbiException($"A length of {length} is more than the data holds.");
        return (int)length;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> data, int at) =>
        data.Length - at >= 32 ? data.Slice(at, 32) : throw new AbiException($"The data ends at byte {data.Length}, inside a word.");

    private static ReadOnlySpan<byte> Unpadded(AbiType type, ReadOnlySpan<byte> word, int zeros) =>
        word[..zeros].ContainsAnyExcept((byte)0) ? throw new AbiException($"The padding of {type} is not zero.") : word[zeros..];

    private static ReadOnlySpan<byte> Padded(AbiType type, ReadOnlySpan<byte> words, int length) =>
        words[length..].ContainsAnyExcept((byte)0) ? throw new AbiException($"The padding of {type} is not zero.") : words[..length];
}
