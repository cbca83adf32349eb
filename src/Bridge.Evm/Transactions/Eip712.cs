using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Hashes typed structured data given as JSON, the form that eth_signTypedData_v4 takes. Source: EIP-712.</summary>
public static class Eip712
{
    private const string DomainType = "EIP712Domain";

    /// <summary>EIP-712's table of domain fields, in its order, for data whose types do not spell the domain out.</summary>
    private static readonly (string Name, string Type)[] DomainFields =
        [("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address"), ("salt", "bytes32")];

    /// <summary>keccak256(0x1901 || domain separator || struct hash).</summary>
    /// <param name="typedData">An object with types, primaryType, domain and message.</param>
    /// <exception cref="FormatException">A type is unknown, or a member is missing, superfluous or does not fit its type.</exception>
    public static Hash32 Digest(JsonElement typedData)
    {
        var types = TypedDataTypes.Parse(TypedDataValue.Member(typedData, "types"));
        var domain = TypedDataValue.Member(typedData, "domain");
        if (!types.Contains(DomainType)) types.Add(DomainType, [.. DomainFields.Where(field => domain.TryGetProperty(field.Name, out _))]);
        var separator = StructHash(types, DomainType, domain);
        var primary = TypedDataValue.Member(typedData, "primaryType").GetString() ?? throw new FormatException("The primaryType must be a string.");
        if (primary == DomainType) return Keccak256.Hash([0x19, 0x01, .. separator.ToArray()]);
        var message = StructHash(types, primary, TypedDataValue.Member(typedData, "message"));
        return Keccak256.Hash(Eip712Domain.Preimage(separator, message));
    }

    private static Hash32 StructHash(TypedDataTypes types, string type, JsonElement value)
    {
        var fields = types.Fields(type);
        if (value.ValueKind is not JsonValueKind.Object) throw new FormatException($"A {type} is a JSON object, not {value.ValueKind}.");
        if (value.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => fields.All(f => f.Name != name)) is { } extra)
            throw new FormatException($"{type} has no member '{extra}'; it would not be signed.");
        var bytes = new List<byte>(Keccak256.Hash(types.Encode(type)).ToArray());
        foreach (var (name, fieldType) in fields) bytes.AddRange(Word(types, fieldType, TypedDataValue.Member(value, name)));
        return Keccak256.Hash(bytes.ToArray());
    }

    /// <summary>encodeData of one member: structs, arrays and dynamic values are hashes.</summary>
    private static byte[] Word(TypedDataTypes types, string type, JsonElement value)
    {
        if (type.EndsWith(']')) return ArrayHash(types, type, value).ToArray();
        if (types.Contains(type)) return StructHash(types, type, value).ToArray();
        return AbiType.Parse(type) switch
        {
            AbiBytes { IsText: true } => Keccak256.Hash(TypedDataValue.Text(type, value)).ToArray(),
            AbiBytes => Keccak256.Hash(TypedDataValue.Bytes(type, value)).ToArray(),
            var simple => TypedDataValue.Encode(simple, value),
        };
    }

    private static Hash32 ArrayHash(TypedDataTypes types, string type, JsonElement value)
    {
        var open = type.LastIndexOf('[');
        var length = type[(open + 1)..^1];
        if (value.ValueKind is not JsonValueKind.Array) throw new FormatException($"A {type} is a JSON array, not {value.ValueKind}.");
        if (length.Length > 0 && length != $"{value.GetArrayLength()}") throw new FormatException($"{type} does not take {value.GetArrayLength()} elements.");
        return Keccak256.Hash(value.EnumerateArray().SelectMany(item => Word(types, type[..open], item)).ToArray());
    }
}
