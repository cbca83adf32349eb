using Bridge.Evm;

namespace Bridge.Relayer.Configuration;

/// <summary>Opens the keystore that the configuration names. A wrong or missing one stops the start.</summary>
internal static class Keys
{
    /// <exception cref="KeystoreException">The file is no keystore, or the password does not open it.</exception>
    public static LocalSigner Open(KeyOptions options) => Keystore.Open(options.Keystore, Password(options));

    private static string Password(KeyOptions options) =>
        options.Password.Length > 0 ? options.Password : File.ReadAllText(options.PasswordFile).TrimEnd('\r', '\n');
}
