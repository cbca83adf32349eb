using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Encrypted key files, version 3: the ones that geth, cast wallet and ethers make and open. Passwords are UTF-8 as typed.</summary>
public static class Keystore
{
    private const int ScryptR = 8;

    /// <exception cref="KeystoreException">No such file, not a keystore, an unsupported form, or a wrong password.</exception>
    public static LocalSigner Open(string path, string password)
    {
        var key = Reveal(path, password);
        try
        {
            return LocalSigner.FromPrivateKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The private key itself, to be locked into another file. Zero it as soon as that is done.</summary>
    /// <exception cref="KeystoreException">No such file, not a keystore, an unsupported form, or a wrong password.</exception>
    public static byte[] Reveal(string path, string password)
    {
        var file = KeystoreFile.Parse(path, Read(path));
        var typed = Encoding.UTF8.GetBytes(password);
        var derived = file.Derivation.Derive(typed);
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Mac(derived, file.CipherText), file.Mac))
                throw new KeystoreException(path, "the password is wrong, or the file is damaged. Check the password, also for a line break at its end.");
            return Checked(path, AesCtr.Transform(derived.AsSpan(0, 16), file.Iv, file.CipherText), file.Address);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(typed);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Writes a new file that only its owner can read; an existing one is never touched.</summary>
    /// <param name="scryptN">Work factor, a power of two. The default needs 256 MiB and about a second.</param>
    /// <exception cref="KeystoreException">The file exists or cannot be written.</exception>
    /// <exception cref="ArgumentException">No private key, or an impossible work factor.</exception>
    public static void Create(string path, string password, ReadOnlySpan<byte> key, int scryptN = 262_144)
    {
        using var signer = LocalSigner.FromPrivateKey(key);
        var salt = RandomNumberGenerator.GetBytes(32);
        var iv = RandomNumberGenerator.GetBytes(16);
        var typed = Encoding.UTF8.GetBytes(password);
        var derived = Scrypt.DeriveKey(typed, salt, scryptN, ScryptR, 1, KeyDerivation.Length);
        try
        {
            var cipherText = AesCtr.Transform(derived.AsSpan(0, 16), iv, key);
            Write(path, JsonSerializer.SerializeToUtf8Bytes(new
            {
                version = 3,
                id = Guid.NewGuid(),
                address = Convert.ToHexStringLower(signer.Address.ToArray()),
                crypto = new
                {
                    cipher = "aes-128-ctr",
                    cipherparams = new { iv = Convert.ToHexStringLower(iv) },
                    ciphertext = Convert.ToHexStringLower(cipherText),
                    kdf = "scrypt",
                    kdfparams = new { dklen = KeyDerivation.Length, n = scryptN, r = ScryptR, p = 1, salt = Convert.ToHexStringLower(salt) },
                    mac = Convert.ToHexStringLower(Mac(derived, cipherText)),
                },
            }));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(typed);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    private static byte[] Checked(string path, byte[] key, Address? expected)
    {
        if (!Secp256k1Signing.IsValidKey(key)) throw new KeystoreException(path, "holds bytes that are no private key.");
        using var signer = LocalSigner.FromPrivateKey(key);
        if (expected is null || expected == signer.Address) return key;
        CryptographicOperations.ZeroMemory(key);
        throw new KeystoreException(path, $"names the address {expected}, but its key belongs to {signer.Address}.");
    }

    /// <summary>keccak-256 of the second half of the derived key and the cipher text.</summary>
    private static byte[] Mac(byte[] derived, byte[] cipherText)
    {
        var input = new byte[16 + cipherText.Length];
        derived.AsSpan(16).CopyTo(input);
        cipherText.CopyTo(input, 16);
        var mac = Keccak256.Hash(input).ToArray();
        CryptographicOperations.ZeroMemory(input);
        return mac;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(path, $"cannot be read: {e.Message}", e);
        }
    }

    private static void Write(string path, byte[] json)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(json);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(path, $"cannot be made: {e.Message}", e);
        }
    }
}
