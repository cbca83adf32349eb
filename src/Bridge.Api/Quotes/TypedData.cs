using System.Globalization;
using Bridge.Core;

namespace Bridge.Api.Quotes;

/// <summary>What a wallet is asked to sign, as eth_signTypedData_v4 takes it. Numbers are decimal strings: JSON's own are too small.</summary>
internal static class TypedData
{
    private static readonly TypedFieldBody[] DomainFields = Fields("string name,string version,uint256 chainId,address verifyingContract");
    private static readonly TypedFieldBody[] IntentFields = Fields(TransferIntent.TypeText["Intent(".Length..^1]);

    /// <summary>For <c>sendFor</c>.</summary>
    public static TypedDataBody Intent(TransferIntent intent, ChainId source, Address intents) =>
        Of("Intent", IntentFields, Domain("Intents", "1", source, intents), Members(intent));

    /// <summary>For <c>sendWithPermit2</c>: Permit2's own struct, with the intent as its witness. Permit2's domain has no version.</summary>
    public static TypedDataBody Permit2(TransferIntent intent, ChainId source, Address intents, Address permit2, Address token)
    {
        var fields = Fields("TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Intent witness");
        var types = new Dictionary<string, IReadOnlyList<TypedFieldBody>>
        {
            ["EIP712Domain"] = Fields("string name,uint256 chainId,address verifyingContract"), ["PermitWitnessTransferFrom"] = fields,
            ["TokenPermissions"] = Fields("address token,uint256 amount"), ["Intent"] = IntentFields,
        };
        return new TypedDataBody(types, "PermitWitnessTransferFrom",
            new Dictionary<string, object> { ["name"] = "Permit2", ["chainId"] = Text(source.Value), ["verifyingContract"] = permit2.ToString() },
            new Dictionary<string, object>
            {
                ["permitted"] = new Dictionary<string, object> { ["token"] = token.ToString(), ["amount"] = Text(intent.Total) },
                ["spender"] = intents.ToString(), ["nonce"] = Text(intent.Nonce), ["deadline"] = Text(intent.Deadline), ["witness"] = Members(intent),
            });
    }

    /// <summary>For <c>sendWithAuthorization</c>: ERC-3009, over a nonce that is the intent's digest, so that nothing else can be done with it.</summary>
    public static TypedDataBody Authorization(TransferIntent intent, ChainId source, Address intents, Address token, string name, string version) => Of(
        "ReceiveWithAuthorization", Fields("address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce"), Domain(name, version, source, token),
        new Dictionary<string, object>
        {
            ["from"] = intent.Owner.ToString(), ["to"] = intents.ToString(), ["value"] = Text(intent.Total), ["validAfter"] = "0",
            ["validBefore"] = Text(intent.Deadline + 1), ["nonce"] = intent.Digest(source, intents).ToString(),
        });

    /// <summary>ERC-2612.</summary>
    public static TypedDataBody Permit(Address owner, Address spender, UInt128 value, UInt128 nonce, ulong deadline, ChainId source, Address token, string name, string version) => Of(
        "Permit", Fields("address owner,address spender,uint256 value,uint256 nonce,uint256 deadline"), Domain(name, version, source, token),
        new Dictionary<string, object>
        {
            ["owner"] = owner.ToString(), ["spender"] = spender.ToString(), ["value"] = Text(value), ["nonce"] = Text(nonce), ["deadline"] = Text(deadline),
        });

    private static TypedDataBody Of(string type, TypedFieldBody[] fields, IReadOnlyDictionary<string, object> domain, IReadOnlyDictionary<string, object> message) =>
        new(new Dictionary<string, IReadOnlyList<TypedFieldBody>> { ["EIP712Domain"] = DomainFields, [type] = fields }, type, domain, message);

    private static Dictionary<string, object> Domain(string name, string version, ChainId chain, Address contract) =>
        new() { ["name"] = name, ["version"] = version, ["chainId"] = Text(chain.Value), ["verifyingContract"] = contract.ToString() };

    /// <summary>As EIP-712 has them.</summary>
    public static IReadOnlyDictionary<string, object> Members(TransferIntent intent) => new Dictionary<string, object>
    {
        ["owner"] = intent.Owner.ToString(), ["destinationChainId"] = Text(intent.Destination.Value), ["assetId"] = Text(intent.Asset.Value),
        ["recipient"] = intent.Recipient.ToString(), ["amount"] = Text(intent.Amount), ["fee"] = Text(intent.Fee), ["relayerFee"] = Text(intent.RelayerFee),
        ["deadline"] = Text(intent.Deadline), ["nonce"] = Text(intent.Nonce),
    };

    private static TypedFieldBody[] Fields(string list) => [.. list.Split(',').Select(field => field.Split(' ')).Select(parts => new TypedFieldBody(parts[1], parts[0]))];

    private static string Text(UInt128 number) => number.ToString(CultureInfo.InvariantCulture);
}
