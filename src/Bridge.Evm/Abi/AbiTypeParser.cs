using System.Globalization;

namespace Bridge.Evm;

/// <summary>Reads canonical type names. Recursive descent over one string; every character must be used.</summary>
internal ref struct AbiTypeParser
{
    private const int MaxDepth = 16;

    private readonly string _text;
    private int _at;
    private int _depth;

    private AbiTypeParser(string text) => _text = text;

    public static AbiType Parse(string text)
    {
        var parser = new AbiTypeParser(text);
        var type = parser.Type();
        return parser._at == text.Length ? type : throw parser.Fault("unexpected characters");
    }

    private AbiType Type()
    {
        if (++_depth > MaxDepth) throw Fault("nested too deeply");
        var type = Peek() == '(' ? Tuple() : Elementary();
        if (type is AbiTuple { Members.Count: 0 } && (_depth > 1 || Peek() == '[')) throw Fault("an empty tuple inside another type");
        while (Peek() == '[') type = new AbiArray(type, ArrayLength());
        _depth--;
        return type;
    }

    private AbiTuple Tuple()
    {
        _at++;
        var members = new List<AbiType>();
        // The empty list of parameters is a tuple too; as an element it would let a tiny input claim any number of values.
        if (Peek() == ')')
        {
            _at++;
            return new AbiTuple(members);
        }
        while (true)
        {
            members.Add(Type());
            var next = Peek();
            _at++;
            if (next == ')') return new AbiTuple(members);
            if (next != ',') throw Fault("expected , or )");
        }
    }

    private int? ArrayLength()
    {
        var close = _text.IndexOf(']', _at);
        if (close < 0) throw Fault("[ without ]");
        var digits = _text.AsSpan(_at + 1, close - _at - 1);
        _at = close + 1;
        if (digits.IsEmpty) return null;
        return Number(digits, 1, 1 << 20) ?? throw Fault("an array length is 1 to 1,048,576");
    }

    private AbiType Elementary()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at])) _at++;
        var name = _text.AsSpan(start, _at - start);
        return name switch
        {
            "address" => new AbiAddress(),
            "bool" => new AbiBool(),
            "string" => new AbiBytes(true),
            "bytes" => new AbiBytes(false),
            _ when name.StartsWith("uint") && Bits(name[4..]) is { } bits => new AbiInteger(false, bits),
            _ when name.StartsWith("int") && Bits(name[3..]) is { } bits => new AbiInteger(true, bits),
            _ when name.StartsWith("bytes") && Number(name[5..], 1, 32) is { } length => new AbiFixedBytes(length),
            _ => throw Fault($"'{name}' is no canonical type name"),
        };
    }

    private static int? Bits(ReadOnlySpan<char> digits) => Number(digits, 8, 256) is { } bits && bits % 8 == 0 ? bits : null;

    private static int? Number(ReadOnlySpan<char> digits, int least, int most) =>
        digits.Length > 0 && digits[0] != '0'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private readonly FormatException Fault(string what) => new($"'{_text}' is not an ABI type: {what} (at character {_at}).");
}
