using System.Collections;
using System.Numerics;
using System.Text;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The canonical encoding of the Contract ABI Specification: heads in order, tails in order, no gaps.</summary>
public static class AbiEncoder
{
    /// <exception cref="AbiException">A value does not fit its type; the message names the type.</exception>
    public static byte[] Encode(AbiType type, object value)
    {
        var output = new List<byte>();
        Append(type, value, output);
        return [.. output];
    }

    private static void Append(AbiType type, object? value, List<byte> output)
    {
        switch (type)
        {
            case AbiInteger integer: output.AddRange(AbiInt.Word(integer, value)); break;
            case AbiAddress when value is Address address: AppendLeftPadded(address.ToArray(), output); break;
            case AbiBool when value is bool flag: AppendLeftPadded([(byte)(flag ? 1 : 0)], output); break;
            case AbiFixedBytes fixedBytes: AppendRightPadded(FixedBytes(fixedBytes, value), output); break;
            case AbiBytes bytes: AppendBytes(bytes, value, output); break;
            case AbiArray array: AppendArray(array, value, output); break;
            case AbiTuple tuple: AppendTuple(tuple, value, output); break;
            default: throw Misfit(type, value);
        }
    }

    private static byte[] FixedBytes(AbiFixedBytes type, object? value)
    {
        var bytes = value switch { byte[] b => b, Hash32 hash => hash.ToArray(), _ => throw Misfit(type, value) };
        return bytes.Length == type.Length ? bytes : throw new AbiException($"{type} takes {type.Length} bytes, not {bytes.Length}.");
    }

    private static void AppendBytes(AbiBytes type, object? value, List<byte> output)
    {
        var bytes = (type.IsText, value) switch
        {
            (true, string text) => Encoding.UTF8.GetBytes(text),
            (false, byte[] b) => b,
            _ => throw Misfit(type, value),
        };
        output.AddRange(AbiInt.Word((BigInteger)bytes.Length));
        AppendRightPadded(bytes, output);
    }

    private static void AppendArray(AbiArray type, object? value, List<byte> output)
    {
        if (value is not IList items || value is byte[]) throw Misfit(type, value);
        if (type.Length is { } length && length != items.Count) throw new AbiException($"{type} takes {length} elements, not {items.Count}.");
        if (type.Length is null) output.AddRange(AbiInt.Word((BigInteger)items.Count));
        AppendSequence(i => type.Element, items, checked(items.Count * type.Element.HeadLength), output);
    }

    private static void AppendTuple(AbiTuple type, object? value, List<byte> output)
    {
        if (value is not IList items) throw Misfit(type, value);
        if (items.Count != type.Members.Count) throw new AbiException($"{type} takes {type.Members.Count} members, not {items.Count}.");
        AppendSequence(i => type.Members[i], items, type.MembersLength, output);
    }

    private static void AppendSequence(Func<int, AbiType> typeOf, IList items, int headLength, List<byte> output)
    {
        var tail = new List<byte>();
        for (var i = 0; i < items.Count; i++)
        {
            var type = typeOf(i);
            if (type.IsDynamic)
            {
                output.AddRange(AbiInt.Word((BigInteger)(headLength + tail.Count)));
                Append(type, items[i], tail);
            }
            else
            {
                Append(type, items[i], output);
            }
        }
        output.AddRange(tail);
    }

    private static void AppendLeftPadded(byte[] bytes, List<byte> output)
    {
        output.AddRange(new byte[32 - bytes.Length]);
        output.AddRange(bytes);
    }

    private static void AppendRightPadded(byte[] bytes, List<byte> output)
    {
        output.AddRange(bytes);
        output.AddRange(new byte[(32 - (bytes.Length % 32)) % 32]);
    }

    private static AbiException Misfit(AbiType type, object? value) => new($"A {value?.GetType().Name ?? "null"} is no value of {type}.");
}
