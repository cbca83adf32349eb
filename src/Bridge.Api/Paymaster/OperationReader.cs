using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Api.Paymaster;

/// <summary>A parameter that cannot be used.</summary>
internal sealed class BadParameterException(string message) : Exception(message);

/// <summary>Reads what ERC-7677 has as parameters. Members that it does not know are ignored, as wallets send some of their own.</summary>
internal static class OperationReader
{
    private const int MostBytes = 16_384;

    /// <exception cref="BadParameterException">The message names the parameter.</exception>
    public static (SponsoredOperation Operation, Address EntryPoint, ChainId Chain) Read(JsonElement parameters, bool isStub)
    {
        if (parameters.ValueKind is not JsonValueKind.Array || parameters.GetArrayLength() is < 3 or > 4) throw new BadParameterException("params: expected [userOperation, entryPoint, chainId, context].");
        var (operation, entryPoint, chain) = (parameters[0], parameters[1], parameters[2]);
        if (operation.ValueKind is not JsonValueKind.Object) throw new BadParameterException("params[0]: expected the user operation as an object.");
        return (ReadOperation(operation, isStub), AddressOf(Text(entryPoint, "entryPoint"), "entryPoint"), new ChainId(ReadChain(Text(chain, "chainId"))));
    }

    /// <summary>While gas is estimated, wallets know no limits yet: a stub may leave them out.</summary>
    private static SponsoredOperation ReadOperation(JsonElement operation, bool isStub)
    {
        UInt128 Gas(string name) => operation.TryGetProperty(name, out var value) ? Number(value, name) : isStub ? UInt128.Zero : throw Missing(name);
        var nonce = Quantity(Required(operation, "nonce"), "nonce", 64);
        return new SponsoredOperation(
            AddressOf(Text(Required(operation, "sender"), "sender"), "sender"), Word(nonce), InitCode(operation), Bytes(Required(operation, "callData"), "callData"),
            Gas("verificationGasLimit"), Gas("callGasLimit"), Gas("preVerificationGas"), Gas("maxPriorityFeePerGas"), Gas("maxFeePerGas"),
            Gas("paymasterVerificationGasLimit"), operation.TryGetProperty("paymasterPostOpGasLimit", out var after) ? Number(after, "paymasterPostOpGasLimit") : 0);
    }

    private static byte[] InitCode(JsonElement operation)
    {
        if (!operation.TryGetProperty("factory", out var factory) || factory.ValueKind is JsonValueKind.Null || factory.ValueKind is JsonValueKind.String && factory.GetString() is "0x") return [];
        var data = operation.TryGetProperty("factoryData", out var calldata) && calldata.ValueKind is not JsonValueKind.Null ? Bytes(calldata, "factoryData") : [];
        return [.. AddressOf(Text(factory, "factory"), "factory").ToArray(), .. data];
    }

    private static ulong ReadChain(string text) => Quantity(text, "chainId", 16) is var id && id > 0 && id <= long.MaxValue ? (ulong)id : throw new BadParameterException("chainId: expected an EIP-155 id as 0x and hex.");

    private static JsonElement Required(JsonElement operation, string name) => operation.TryGetProperty(name, out var value) ? value : throw Missing(name);

    private static BadParameterException Missing(string name) => new($"{name}: missing. Estimate gas with the answer of pm_getPaymasterStubData, then ask with every limit set.");

    private static string Text(JsonElement value, string name) => value.ValueKind is JsonValueKind.String ? value.GetString()! : throw new BadParameterException($"{name}: expected a text of 0x and hex.");

    private static UInt128 Number(JsonElement value, string name) => (UInt128)Quantity(value, name, 32);

    private static BigInteger Quantity(JsonElement value, string name, int mostDigits) => Quantity(Text(value, name), name, mostDigits);

    private static BigInteger Quantity(string text, string name, int mostDigits) =>
        text.StartsWith("0x", StringComparison.Ordinal) && text.Length > 2 && text.Length <= mostDigits + 2 && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0
            ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new BadParameterException($"{name}: expected 0x and 1 to {mostDigits} hex digits.");

    private static byte[] Bytes(JsonElement value, string name) =>
        Hex.TryParse(Text(value, name), out var bytes) && bytes.Length <= MostBytes ? bytes : throw new BadParameterException($"{name}: expected 0x and hex of at most {MostBytes} bytes.");

    private static Address AddressOf(string text, string name) =>
        Address.TryParse(text, out var address) ? address : throw new BadParameterException($"{name}: expected 0x and 40 hex digits, with a right checksum if the case is mixed.");

    private static Hash32 Word(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new Hash32([.. new byte[Hash32.Length - bytes.Length], .. bytes]);
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
