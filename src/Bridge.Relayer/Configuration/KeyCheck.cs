using Bridge.Core;

namespace Bridge.Relayer.Configuration;

/// <summary>What is wrong with where a key is: one sentence a fault, beginning with the name of the key below its role's section.</summary>
internal static class KeyCheck
{
    public static IEnumerable<string> Faults(BridgeOptions options, KeyOptions key)
    {
        foreach (var fault in key.Signer.Use.Length > 0 ? SignerFaults(key.Signer) : KeystoreFaults(key)) yield return fault;
        if (key.Signer.Use.Length > 0 && key.Keystore.Length > 0) yield return "Signer:Use: there is a Keystore as well. Give one of them.";
        if (options.Environment != "production") yield break;
        foreach (var (name, file) in key.SecretFiles)
            if (File.Exists(file) && SecretFile.IsShared(file)) yield return $"{name}: others than its owner can use '{file}'. Run chmod 600 on it; if they could read it before, make a new key.";
        if (key.Signer is { IsProgram: true, Command: [var program, ..] } && File.Exists(program) && SecretFile.IsChangedByOthers(program))
            yield return $"Signer:Use: others than its owner can change '{program}'. Run chmod go-w on it.";
    }

    private static IEnumerable<string> KeystoreFaults(KeyOptions key)
    {
        if (key.Keystore.Length == 0) yield return "Keystore: missing. Make one with 'bridge keys new' and give its path, or give Signer:Use; there is no default key.";
        else if (!File.Exists(key.Keystore)) yield return $"Keystore: there is no file '{key.Keystore}'.";
        if (key.Password.Length == 0 && key.PasswordFile.Length == 0) yield return "PasswordFile: missing. Give the path of a file with the keystore's password, or Password by the environment.";
        else if (key.Password.Length == 0 && !File.Exists(key.PasswordFile)) yield return $"PasswordFile: there is no file '{key.PasswordFile}'.";
    }

    private static IEnumerable<string> SignerFaults(SignerOptions signer)
    {
        if (!Address.TryParse(signer.Address, out var address) || address.IsZero) yield return $"Signer:Address: '{signer.Address}' is not an address. Give that of the key which it must sign with.";
        if (signer.TimeoutSeconds is < 1 or > 120) yield return "Signer:TimeoutSeconds: 1 to 120.";
        if (signer.IsProgram)
        {
            if (signer.Command.Count == 0 || !Path.IsPathRooted(signer.Command[0]) || !File.Exists(signer.Command[0]))
                yield return $"Signer:Use: '{signer.Use}' does not name a program by its whole path, such as exec:/usr/local/bin/sign.";
            yield break;
        }
        if (!Uri.TryCreate(signer.Use, UriKind.Absolute, out var url) || url.Scheme != "https" || url.UserInfo.Length > 0 || url.Query.Length > 0)
            yield return "Signer:Use: neither an https URL, such as https://signer.example:9000, nor exec: and a program's path.";
        foreach (var (name, file) in new[] { ("Certificate", signer.Certificate), ("CertificateKey", signer.CertificateKey), ("Authority", signer.Authority) })
            if (!File.Exists(file)) yield return file.Length == 0 ? $"Signer:{name}: missing. A remote signer is asked over mutual TLS; give the path of a PEM file." : $"Signer:{name}: there is no file '{file}'.";
    }
}
