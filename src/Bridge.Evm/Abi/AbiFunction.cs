using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A function by its canonical signature, such as <c>balanceOf(address)</c>, and the types it returns.</summary>
public sealed class AbiFunction
{
    private readonly byte[] _selector;
    private readonly AbiTuple _inputs;
    private readonly AbiTuple _outputs;

    /// <exception cref="FormatException">The signature or the list of outputs is not canonical.</exception>
    public AbiFunction(string signature, string outputs = "()")
    {
        Signature = signature;
        _inputs = AbiSignature.Inputs(signature);
        _outputs = AbiType.Parse(outputs) as AbiTuple ?? throw new FormatException($"'{outputs}' is not a list of types: write it in parentheses.");
        _selector = AbiWords.Selector(signature);
    }

    public string Signature { get; }

    /// <summary>The first four bytes of calldata.</summary>
    public byte[] Selector => (byte[])_selector.Clone();

    /// <exception cref="AbiException">A value does not fit.</exception>
    public byte[] Encode(params object[] arguments) => [.. _selector, .. AbiEncoder.Encode(_inputs, arguments)];

    /// <exception cref="AbiException">Not calldata of this function.</exception>
    public object[] DecodeCall(ReadOnlySpan<byte> calldata) => calldata.StartsWith(_selector)
        ? (object[])AbiDecoder.Decode(_inputs, calldata[4..])
        : throw new AbiException($"The calldata does not call {Signature}.");

    /// <exception cref="AbiException">Not what the function returns. Empty data usually means: no contract at the address.</exception>
    public object[] DecodeResult(ReadOnlySpan<byte> data) => data.IsEmpty && _outputs.Members.Count > 0
        ? throw new AbiException($"{Signature} returned nothing: is there a contract at that address, on that chain?")
        : (object[])AbiDecoder.Decode(_outputs, data);
}

internal static class AbiSignature
{
    public static AbiTuple Inputs(string signature)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        var named = open > 0 && signature.AsSpan(0, open).IndexOfAnyExcept(NameCharacters) < 0;
        return named && AbiType.Parse(signature[open..]) is AbiTuple inputs
            ? inputs
            : throw new FormatException($"'{signature}' is not a signature: expected name(type,...).");
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");
}
