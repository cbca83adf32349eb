using System.Globalization;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What a version 3 keystore file says, checked. Source: Web3 Secret Storage Definition.</summary>
internal sealed record KeystoreFile(byte[] CipherText, byte[] Iv, byte[] Mac, KeyDerivation Derivation, Address? Address)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <exception cref="KeystoreException">Not such a file, or one with a cipher or key derivation that is not supported.</exception>
    public static KeystoreFile Parse(string path, byte[] json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            throw new KeystoreException(path, "is not JSON. Point to a version 3 keystore file, made by bridge, cast wallet or geth.", e);
        }
        using (document)
        {
            var reader = new KeystoreReader(path);
            var version = reader.Number(document.RootElement, "version");
            if (version != 3) throw new KeystoreException(path, $"has keystore version {version}; only version 3 is supported.");
            var crypto = reader.Member(document.RootElement, "crypto");
            var cipher = reader.Text(crypto, "cipher");
            if (cipher != "aes-128-ctr") throw new KeystoreException(path, $"uses the cipher '{cipher}'; only aes-128-ctr is supported.");
            return new KeystoreFile(
                reader.Bytes(crypto, "ciphertext", 32), reader.Bytes(reader.Member(crypto, "cipherparams"), "iv", 16), reader.Bytes(crypto, "mac", 32),
                KeyDerivation.Parse(reader, reader.Text(crypto, "kdf"), reader.Member(crypto, "kdfparams")), reader.Address(document.RootElement));
        }
    }
}

/// <summary>Reads the members of a keystore; names compare without case, because old geth versions wrote "Crypto".</summary>
internal sealed class KeystoreReader(string path)
{
    public string Path => path;

    public JsonElement Member(JsonElement json, string name)
    {
        if (json.ValueKind is JsonValueKind.Object)
            foreach (var property in json.EnumerateObject())
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        throw new KeystoreException(path, $"has no '{name}'. Point to a version 3 keystore file, made by bridge, cast wallet or geth.");
    }

    public string Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : throw new KeystoreException(path, $"'{name}' must be a string.");

    public long Number(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
        ? number
        : throw new KeystoreException(path, $"'{name}' must be a whole number.");

    /// <param name="length">Exact length in bytes, if there is one.</param>
    public byte[] Bytes(JsonElement json, string name, int? length = null)
    {
        var text = Text(json, name);
        if (!Hex.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text, out var bytes))
            throw new KeystoreException(path, $"'{name}' must be hex.");
        return length is null || bytes.Length == length
            ? bytes
            : throw new KeystoreException(path, string.Create(CultureInfo.InvariantCulture, $"'{name}' must have {length} bytes, not {bytes.Length}."));
    }

    /// <summary>Files by cast have no address.</summary>
    public Address? Address(JsonElement root) =>
        root.TryGetProperty("address", out _) ? new Address(Bytes(root, "address", Core.Address.Length)) : null;
}
