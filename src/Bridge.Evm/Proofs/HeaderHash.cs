using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Recomputes a block's hash from the fields that a node serves, so that each of them is tied to the hash. Knows the header from the
/// beginning to Prague; on a chain with other fields the hash does not come out, and nothing is proven.
/// </summary>
internal static class HeaderHash
{
    private enum Form { Bytes, Number }

    private static readonly (string Name, Form Form)[] Always =
    [
        ("parentHash", Form.Bytes), ("sha3Uncles", Form.Bytes), ("miner", Form.Bytes), ("stateRoot", Form.Bytes), ("transactionsRoot", Form.Bytes),
        ("receiptsRoot", Form.Bytes), ("logsBloom", Form.Bytes), ("difficulty", Form.Number), ("number", Form.Number), ("gasLimit", Form.Number),
        ("gasUsed", Form.Number), ("timestamp", Form.Number), ("extraData", Form.Bytes), ("mixHash", Form.Bytes), ("nonce", Form.Bytes),
    ];

    /// <summary>Each fork appended its own: EIP-1559, EIP-4895, EIP-4844 (two), EIP-4788, EIP-7685.</summary>
    private static readonly (string Name, Form Form)[] Later =
    [
        ("baseFeePerGas", Form.Number), ("withdrawalsRoot", Form.Bytes), ("blobGasUsed", Form.Number), ("excessBlobGas", Form.Number),
        ("parentBeaconBlockRoot", Form.Bytes), ("requestsHash", Form.Bytes),
    ];

    /// <summary>The hash of what the node served; null when a field is missing, or in a form that no header has.</summary>
    public static Hash32? Of(JsonElement block)
    {
        var fields = new List<byte[]>();
        // A header is a list without names: a field behind a gap would be read as the one that is missing.
        foreach (var (name, form) in Always.Concat(Later.TakeWhile(field => IsPresent(block, field.Name))))
        {
            if (Encode(block, name, form) is not { } field) return null;
            fields.Add(field);
        }
        return Keccak256.Hash(Rlp.List(fields));
    }

    private static byte[]? Encode(JsonElement block, string name, Form form)
    {
        if (!IsPresent(block, name) || block.GetProperty(name) is not { ValueKind: JsonValueKind.String } value) return null;
        var text = value.GetString()!;
        if (form is Form.Bytes) return Hex.TryParse(text, out var bytes) ? Rlp.Bytes(bytes) : null;
        return text.StartsWith("0x", StringComparison.Ordinal) && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? Rlp.Number(number) : null;
    }

    private static bool IsPresent(JsonElement block, string name) => block.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null;
}
