using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Bridge.Core;

/// <summary>What an export is, signed: whoever has both needs nothing else to tell whether the file is the one that was written.</summary>
/// <param name="Rows">Without the header line of a CSV.</param>
/// <param name="Sha256">Of the file's bytes.</param>
/// <param name="Checkpoint">Signed note of the log's size that the rows are taken from.</param>
/// <param name="Build">Version of the program that wrote it.</param>
public sealed record ExportManifest(
    string Format, ulong Rows, Hash32 Sha256, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Filters, ulong TreeSize, Hash32 RootHash, string Checkpoint,
    DateTimeOffset GeneratedAt, string Build)
{
    /// <summary>The EIP-712 digest that is signed: over SHA-256 of the canonical JSON without the signature.</summary>
    public Hash32 Digest() => Keccak256.Hash(Preimage());

    /// <summary>The bytes whose keccak-256 is the digest.</summary>
    public byte[] Preimage() => LogDomain.Preimage("ExportManifest", CanonicalJson.Write(Json(null, null)));

    /// <summary>Canonical JSON, with who signed it.</summary>
    public string Text(Address signer, CompactSignature signature) => CanonicalJson.Write(Json(signer, signature));

    /// <param name="signer">Whose signature it is, by the signature itself.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExportManifest? manifest, out Address signer)
    {
        (manifest, signer) = (null, default);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var read = new ExportManifest(
                Member("format"), Number("rows"), Hash32.Parse(Member("sha256")), [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)],
                root.GetProperty("filters").EnumerateObject().ToDictionary(filter => filter.Name, filter => filter.Value.GetString()!), Number("treeSize"), Hash32.Parse(Member("rootHash")), Member("checkpoint"),
                Timestamp.Parse(Member("generatedAt")), Member("build"));
            var signature = new CompactSignature(Hex.Parse(Member("signature")));
            if (!signature.TryRecover(read.Digest(), out signer) || signer.ToString() != Member("signer") || read.Text(signer, signature) != CanonicalJson.Write(root)) return false;
            manifest = read;
            return true;

            string Member(string name) => root.GetProperty(name).GetString()!;
            ulong Number(string name) => ulong.Parse(Member(name), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private JsonElement Json(Address? signer, CompactSignature? signature)
    {
        var members = new Dictionary<string, object?>
        {
            ["format"] = Format, ["rows"] = Rows.ToString(CultureInfo.InvariantCulture), ["sha256"] = Sha256.ToString(), ["columns"] = Columns, ["filters"] = Filters,
            ["treeSize"] = TreeSize.ToString(CultureInfo.InvariantCulture), ["rootHash"] = RootHash.ToString(), ["checkpoint"] = Checkpoint,
            ["generatedAt"] = Timestamp.Format(GeneratedAt), ["build"] = Build,
        };
        if (signer is { } account && signature is not null) (members["signer"], members["signature"]) = (account.ToString(), signature.ToString());
        return JsonSerializer.SerializeToElement(members);
    }
}
