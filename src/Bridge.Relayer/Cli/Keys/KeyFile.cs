using System.Security.Cryptography;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>A new keystore and the file with its password, both its owner's alone.</summary>
internal static class KeyFile
{
    private const int ShortestPassword = 12;

    /// <returns>The new key's address.</returns>
    /// <exception cref="UserException">The password file is shared, or its password is too short.</exception>
    /// <exception cref="KeystoreException">One of the files cannot be made, or exists already.</exception>
    public static Address Make(string keystore, string passwordFile)
    {
        // A number at or above the group's order is no key; it comes once in 2^128.
        var key = RandomNumberGenerator.GetBytes(32);
        try
        {
            return Make(keystore, passwordFile, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The same for a key that there is already.</summary>
    public static Address Make(string keystore, string passwordFile, ReadOnlySpan<byte> key)
    {
        if (File.Exists(keystore)) throw new UserException($"--keystore: there is a file '{keystore}' already; a key is never overwritten.");
        using var signer = LocalSigner.FromPrivateKey(key);
        Keystore.Create(keystore, Password(passwordFile), key);
        return signer.Address;
    }

    /// <summary>What the file holds; one that is not there is made, with a password that nobody has to remember.</summary>
    private static string Password(string file)
    {
        if (!File.Exists(file)) WriteNew(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)));
        if (SecretFile.IsShared(file)) throw new UserException($"--password-file: others than its owner can use '{file}'. Run chmod 600 on it.");
        var password = Configuration.Keys.PasswordIn(file);
        return password.Length >= ShortestPassword ? password : throw new UserException($"--password-file: the password in '{file}' is shorter than {ShortestPassword} characters.");
    }

    private static void WriteNew(string file, string password)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.WriteLine(password);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(file, $"cannot be made: {e.Message}", e);
        }
    }
}
