using System.CommandLine;
using System.Security.Cryptography;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli;

internal static class KeyFileCommands
{
    public static Option<string> KeystoreFile() => new("--keystore") { Required = true, Description = "Path of the keystore file to make; never one that exists." };

    public static Option<string> PasswordFile() => new("--password-file") { Required = true, Description = "File with the password to lock it with. One that is not there is made, with a random password." };

    public static Command New()
    {
        var (keystore, password, json) = (KeystoreFile(), PasswordFile(), Common.Json());
        return new Command("new", "Makes a key, and prints its address.") { keystore, password, json }.Does((parsed, _) =>
        {
            var (file, secret) = (parsed.GetValue(keystore)!, parsed.GetValue(password)!);
            return Tell(parsed.GetValue(json), KeyFile.Make(file, secret), file, secret);
        });
    }

    public static Command Import()
    {
        var (keystore, password, json) = (KeystoreFile(), PasswordFile(), Common.Json());
        var from = new Option<string?>("--from-keystore") { Description = "A keystore to take the key from. Default: the key in hex, from standard input." };
        var fromPassword = new Option<string?>("--from-password-file") { Description = "The file with that keystore's password." };
        return new Command("import", "Puts a key that there is already into a keystore file, and prints its address.") { keystore, password, from, fromPassword, json }.Does(async (parsed, ct) =>
        {
            var (file, secret) = (parsed.GetValue(keystore)!, parsed.GetValue(password)!);
            var key = parsed.GetValue(from) is { } other ? OfKeystore(other, parsed.GetValue(fromPassword)) : OfInput(await Console.In.ReadLineAsync(ct));
            try
            {
                return await Tell(parsed.GetValue(json), KeyFile.Make(file, secret, key), file, secret);
            }
            catch (ArgumentException)
            {
                throw new UserException("standard input: 32 bytes that are no private key.");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(key);
            }
        });
    }

    private static byte[] OfKeystore(string file, string? passwordFile) =>
        Keystore.Reveal(file, Configuration.Keys.PasswordIn(passwordFile ?? throw new UserException("--from-password-file: missing. Give the file with the password of --from-keystore.")));

    private static byte[] OfInput(string? line) => line?.Trim() is { Length: > 0 } text && Hex.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text, out var key) && key.Length == 32
        ? key
        : throw new UserException("standard input: not a private key, 64 hex digits. It is not taken as an argument, where every process on this machine could read it.");

    private static Task<int> Tell(bool json, Address address, string keystore, string passwordFile)
    {
        if (json) Common.PrintJson(new { address = address.ToString(), keystore, passwordFile });
        else Console.WriteLine($"{address} in {keystore}, locked with the password in {passwordFile}. Keep a copy of both, in two places.");
        return Task.FromResult(0);
    }
}
