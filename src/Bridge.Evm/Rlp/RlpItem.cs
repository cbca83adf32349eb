using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Bytes are not the one canonical RLP encoding of an item.</summary>
public sealed class RlpException(string message) : Exception(message);

/// <summary>A decoded item: a string of bytes, or a list of items. Ethereum Yellow Paper appendix B, read strictly.</summary>
public sealed class RlpItem
{
    /// <summary>A trie's node holds nodes of fewer than 32 bytes inside, so honest input never nests deeper.</summary>
    private const int MaxDepth = 32;

    private readonly byte[]? _text;
    private readonly IReadOnlyList<RlpItem>? _items;

    private RlpItem(ReadOnlyMemory<byte> encoded, byte[]? text, IReadOnlyList<RlpItem>? items) => (Encoded, _text, _items) = (encoded, text, items);

    /// <summary>The item's own encoding, prefix included.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    public bool IsList => _items is not null;

    /// <exception cref="RlpException">It is a list.</exception>
    public byte[] Text => _text ?? throw new RlpException("a list stands where bytes are expected");

    /// <exception cref="RlpException">It is a string of bytes.</exception>
    public IReadOnlyList<RlpItem> Items => _items ?? throw new RlpException("bytes stand where a list is expected");

    /// <exception cref="RlpException">Not exactly one item, or not its shortest form.</exception>
    public static RlpItem Decode(ReadOnlyMemory<byte> encoded)
    {
        var (item, rest) = Next(encoded, 0);
        return rest.IsEmpty ? item : throw new RlpException($"{rest.Length} bytes follow the item");
    }

    private static (RlpItem Item, ReadOnlyMemory<byte> Behind) Next(ReadOnlyMemory<byte> data, int depth)
    {
        if (depth > MaxDepth) throw new RlpException($"lists nest deeper than {MaxDepth}");
        if (data.IsEmpty) throw new RlpException("an item is missing");
        var first = data.Span[0];
        if (first < 0x80) return (new RlpItem(data[..1], [first], null), data[1..]);
        var (start, length) = first < 0xc0 ? Extent(data.Span, 0x80) : Extent(data.Span, 0xc0);
        var (whole, payload, rest) = (data[..(start + length)], data.Slice(start, length), data[(start + length)..]);
        if (first >= 0xc0) return (new RlpItem(whole, null, List(payload, depth + 1)), rest);
        if (length == 1 && payload.Span[0] < 0x80) throw new RlpException("a single byte has a prefix that it does not need");
        return (new RlpItem(whole, payload.ToArray(), null), rest);
    }

    private static List<RlpItem> List(ReadOnlyMemory<byte> payload, int depth)
    {
        var items = new List<RlpItem>();
        while (!payload.IsEmpty)
        {
            (var item, payload) = Next(payload, depth);
            items.Add(item);
        }
        return items;
    }

    private static (int Start, int Length) Extent(ReadOnlySpan<byte> data, byte kind)
    {
        var code = data[0] - kind;
        if (code < 56) return Within(data, 1, code);
        var digits = code - 55;
        if (digits > 4 || data.Length < 1 + digits || data[1] == 0) throw new RlpException("a length is missing, too long or starts with zero");
        long length = 0;
        foreach (var digit in data.Slice(1, digits)) length = (length << 8) | digit;
        return length < 56 ? throw new RlpException("a short length is written in the long form") : Within(data, 1 + digits, length);
    }

    private static (int Start, int Length) Within(ReadOnlySpan<byte> data, int start, long length) => start + length <= data.Length
        ? (start, (int)length)
        : throw new RlpException($"an item of {length} bytes ends after {data.Length - start}");
}
