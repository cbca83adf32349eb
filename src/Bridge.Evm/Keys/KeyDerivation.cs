using System.Security.Cryptography;
using System.Text.Json;

namespace Bridge.Evm;

/// <summary>How a keystore's password becomes 32 bytes: 16 for the cipher, 16 for the mac.</summary>
internal abstract record KeyDerivation(byte[] Salt)
{
    public const int Length = 32;

    public abstract byte[] Derive(byte[] password);

    public static KeyDerivation Parse(KeystoreReader reader, string kdf, JsonElement parameters)
    {
        if (kdf is not ("scrypt" or "pbkdf2"))
            throw new KeystoreException(reader.Path, $"derives its key by '{kdf}'; only scrypt and pbkdf2 are supported. Import the key anew with cast wallet.");
        if (reader.Number(parameters, "dklen") != Length) throw new KeystoreException(reader.Path, $"'dklen' must be {Length}.");
        var salt = reader.Bytes(parameters, "salt");
        return kdf == "scrypt"
            ? ParseScrypt(reader, parameters, salt)
            : ParsePbkdf2(reader, parameters, salt);
    }

    private static ScryptDerivation ParseScrypt(KeystoreReader reader, JsonElement parameters, byte[] salt)
    {
        var (n, r, p) = (reader.Number(parameters, "n"), reader.Number(parameters, "r"), reader.Number(parameters, "p"));
        if (Scrypt.Fault(n, r, p) is { } fault) throw new KeystoreException(reader.Path, $"{fault}.");
        return new ScryptDerivation(salt, (int)n, (int)r, (int)p);
    }

    private static Pbkdf2Derivation ParsePbkdf2(KeystoreReader reader, JsonElement parameters, byte[] salt)
    {
        var prf = reader.Text(parameters, "prf");
        if (prf != "hmac-sha256") throw new KeystoreException(reader.Path, $"uses the PBKDF2 function '{prf}'; only hmac-sha256 is supported.");
        var rounds = reader.Number(parameters, "c");
        return rounds is > 0 and <= 10_000_000
            ? new Pbkdf2Derivation(salt, (int)rounds)
            : throw new KeystoreException(reader.Path, $"wants {rounds} rounds of PBKDF2; 1 to 10,000,000 are supported.");
    }
}

internal sealed record ScryptDerivation(byte[] Salt, int N, int R, int P) : KeyDerivation(Salt)
{
    public override byte[] Derive(byte[] password) => Scrypt.DeriveKey(password, Salt, N, R, P, Length);
}

internal sealed record Pbkdf2Derivation(byte[] Salt, int Rounds) : KeyDerivation(Salt)
{
    public override byte[] Derive(byte[] password) => Rfc2898DeriveBytes.Pbkdf2(password, Salt, Rounds, HashAlgorithmName.SHA256, Length);
}
