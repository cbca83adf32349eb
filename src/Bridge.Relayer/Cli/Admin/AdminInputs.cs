using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>What every verb that changes a Bridge asks: who sends it, and how.</summary>
internal sealed class AdminInputs
{
    private readonly Option<string?> _keystore = new("--keystore") { Description = "Keystore file of the account that sends it." };
    private readonly Option<string?> _password = new("--password-file") { Description = "File with the keystore's password." };
    private readonly Option<string?> _from = new("--from") { Description = "With --print: the account that will send it, such as a multisig or a timelock." };
    private readonly Option<bool> _print = new("--print") { Description = "Print the calldata for somebody else to send, after the same simulation; send nothing." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Send without asking." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome as one JSON object; the summary goes to standard error." };

    public IReadOnlyList<Option> All => [_keystore, _password, _from, _print, _yes, _json];

    public AdminManner Manner(ParseResult parsed) => new(parsed.GetValue(_print), parsed.GetValue(_yes), parsed.GetValue(_json));

    /// <summary>Who sends, and the key if it is here.</summary>
    /// <exception cref="UserException">Neither a key nor, for printing, an account was given.</exception>
    public async Task<(Address From, LocalSigner? Signer)> SenderAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(_keystore) is { } keystore)
        {
            if (parsed.GetValue(_from) is not null) throw new UserException("--from: the account is the keystore's.");
            var signer = Keystore.Open(keystore, Common.Password(parsed.GetValue(_password) ?? throw new UserException("--password-file: needed with --keystore.")));
            return (signer.Address, signer);
        }
        if (parsed.GetValue(_print) && parsed.GetValue(_from) is { } from) return (Account("--from", from), null);
        throw new UserException("Who sends it? Give --keystore and --password-file, or --print and --from.");
    }

    /// <summary>From whom something is simulated that anybody may do; without --from, from nobody in particular.</summary>
    public Address Anyone(ParseResult parsed) => parsed.GetValue(_from) is { } from ? Account("--from", from) : new Address([.. new byte[Address.Length - 1], 1]);

    public static Address Account(string option, string text) =>
        Address.TryParse(text, out var address) ? address : throw new UserException($"{option}: '{text}' is not an address; in mixed case, its checksum must be right.");

    /// <summary>The id of a chain by its name in the configuration; one that is not in it, by its id.</summary>
    public static ChainId Other(AdminScene scene, string option, string text) =>
        scene.Chains.All.FirstOrDefault(link => link.Name == text)?.Id
        ?? (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? new ChainId(id)
            : throw new UserException($"{option}: '{text}' is neither a chain of the configuration nor a chain's id."));
}
