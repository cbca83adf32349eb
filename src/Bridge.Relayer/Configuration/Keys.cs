using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Configuration;

/// <summary>Opens the keystore that the configuration names, or readies the signer that has the key. A wrong or missing one stops the start.</summary>
internal static class Keys
{
    /// <exception cref="KeystoreException">The file is no keystore, or the password does not open it.</exception>
    /// <exception cref="SignerException">A file for the remote signer cannot be used.</exception>
    public static ISigner Open(KeyOptions options) => options.Signer switch
    {
        { Use: "" } => Keystore.Open(options.Keystore, Password(options)),
        { IsProgram: true } signer => new ProgramSigner(Address.Parse(signer.Address), signer.Command[0], [.. signer.Command.Skip(1)], TimeSpan.FromSeconds(signer.TimeoutSeconds)),
        var signer => new RemoteSigner(Address.Parse(signer.Address), new RemoteSignerOptions(
            new Uri(signer.Use.TrimEnd('/') + "/"), signer.Certificate, signer.CertificateKey, signer.Authority, TimeSpan.FromSeconds(signer.TimeoutSeconds))),
    };

    /// <summary>What the roles of this configuration sign with.</summary>
    public static IEnumerable<(string Role, KeyOptions Key)> Of(BridgeOptions options) =>
        new (string Role, KeyOptions Key)[]
        {
            (Roles.Attest, options.Attester), (Roles.Execute, options.Executor), (Roles.Submit, options.Submitter), (Roles.Sponsor, options.Sponsor), (Roles.Audit, options.Audit),
            (Roles.Log, options.Log),
        }.Where(one => options.Roles.Contains(one.Role) && one.Key.IsGiven);

    /// <exception cref="KeystoreException">The password file cannot be read.</exception>
    public static string Password(KeyOptions options) => options.Password.Length > 0 ? options.Password : PasswordIn(options.PasswordFile);

    /// <exception cref="KeystoreException">It cannot be read.</exception>
    public static string PasswordIn(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(file, $"cannot be read: {e.Message}", e);
        }
    }
}
