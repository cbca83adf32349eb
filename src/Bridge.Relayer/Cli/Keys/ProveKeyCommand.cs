using System.CommandLine;
using System.Globalization;
using System.Text;
using Bridge.Core;

namespace Bridge.Relayer.Cli;

/// <summary>Shows to others that a key is here: they choose the words, and verify with any wallet (<c>cast wallet verify</c>).</summary>
internal static class ProveKeyCommand
{
    private const int LongestMessage = 1000;

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var role = new Option<string>("--role") { Required = true, Description = "Whose key." };
        var message = new Option<string>("--message") { Required = true, Description = $"What to sign, in the words of whoever asks; at most {LongestMessage} characters." };
        return new Command("prove", "Signs a message (EIP-191) with a role's key, for whoever asks whether it is ours.") { config, role, message, json }.Does(async (parsed, ct) =>
        {
            var text = parsed.GetValue(message)!;
            if (text.Length is 0 or > LongestMessage) throw new UserException($"--message: 1 to {LongestMessage} characters.");
            var (_, key) = KeyChoice.One(parsed.GetValue(config), parsed.GetValue(role)!);
            using var signer = Configuration.Keys.Open(key);
            var hex = Hex.Format((await signer.SignAsync(Preimage(text), ct)).ToRsv());
            if (parsed.GetValue(json)) Common.PrintJson(new { address = signer.Address.ToString(), message = text, signature = hex });
            else Console.WriteLine($"{signer.Address} signs: {text}\n{hex}\nTo verify: cast wallet verify --address {signer.Address} '<the message>' {hex}");
            return 0;
        });
    }

    /// <summary>Begins neither as a transaction nor as EIP-712 data does, so that no words can be either.</summary>
    private static byte[] Preimage(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0x19, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Ethereum Signed Message:\n{bytes.Length}")), .. bytes];
    }
}
