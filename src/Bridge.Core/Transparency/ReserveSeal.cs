using System.Text.Json;

namespace Bridge.Core;

/// <summary>What a document says of who signed it.</summary>
/// <param name="Signer">Whose it is, by the signature itself; null where nobody signed it, or the signature is false.</param>
/// <param name="Fault">In words; null where it is signed, or not signed at all.</param>
public sealed record SealVerdict(Address? Signer, string? Fault);

/// <summary>
/// The operator's name on a proof of reserves, as the members signer and signature of the document itself. Signed is SHA-256 of all its other
/// members as canonical JSON, under the log's domain and by the log's key.
/// </summary>
public sealed record ReserveSeal(Address Signer, CompactSignature Signature)
{
    private const string SignerMember = "signer", SignatureMember = "signature";

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true };

    /// <summary>The bytes whose keccak-256 is signed.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="FormatException">It holds a number that is not whole.</exception>
    public static byte[] Preimage(string document) => Preimage(Members(document));

    /// <summary>The document with this name on it, in the place of any other.</summary>
    public string On(string document)
    {
        var members = Unsigned(Members(document));
        (members[SignerMember], members[SignatureMember]) = (Text(Signer.ToString()), Text(Signature.ToString()));
        return JsonSerializer.Serialize(members, Form);

        static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value);
    }

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static SealVerdict Check(string document)
    {
        var members = Members(document);
        if (!members.TryGetValue(SignerMember, out var signer) & !members.TryGetValue(SignatureMember, out var signature)) return new SealVerdict(null, null);
        try
        {
            var (said, read) = (Address.Parse(signer.GetString()!), new CompactSignature(Hex.Parse(signature.GetString()!)));
            return read.TryRecover(Keccak256.Hash(Preimage(members)), out var found) && found == said
                ? new SealVerdict(found, null)
                : new SealVerdict(null, $"the signature is not {said}'s over what the document says: one of them was altered");
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return new SealVerdict(null, $"the signature cannot be read: {e.Message}");
        }
    }

    private static byte[] Preimage(Dictionary<string, JsonElement> members) =>
        LogDomain.Preimage("ReserveStatement", CanonicalJson.Write(JsonSerializer.SerializeToElement(Unsigned(members)), wholeNumbers: true));

    private static Dictionary<string, JsonElement> Unsigned(Dictionary<string, JsonElement> members) =>
        members.Where(member => member.Key is not (SignerMember or SignatureMember)).ToDictionary(member => member.Key, member => member.Value);

    private static Dictionary<string, JsonElement> Members(string document) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(document, Strict) ?? throw new JsonException("it holds nothing");

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };
}
