using System.CommandLine;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>A member of the current set signs an order for the next one. Nothing is sent.</summary>
internal static class SignRotationVerb
{
    public static Command Create()
    {
        var (config, members, threshold) = (Common.Config(), RotationVerbs.Members(), RotationVerbs.Threshold());
        var chain = new Option<string>("--chain") { Required = true, Description = "Whose set is replaced: a chain's name in the configuration, or its id." };
        var keystore = new Option<string>("--keystore") { Required = true, Description = "The validator's keystore file." };
        var password = new Option<string>("--password-file") { Required = true, Description = "File with the keystore's password." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Sign without asking." };
        var json = new Option<bool>("--json") { Description = "Print signer, digest and signature as JSON." };
        return new Command("sign", "Signs the order for the next set, as a member of the current one, and prints the signature for 'propose'.") { chain, members, threshold, config, keystore, password, yes, json }
            .Does(async (parsed, ct) =>
            {
                using var http = RpcHttp.CreateClient();
                var link = Common.Chain(new ChainSet(ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config))), http), parsed.GetValue(chain)!);
                await link.Client.ConnectAsync(ct);
                var (next, current) = await RotationVerbs.SetsAsync(link.Bridge, parsed.GetValue(members)!, parsed.GetValue(threshold), ct);
                using var signer = Keystore.Open(parsed.GetValue(keystore)!, Common.Password(parsed.GetValue(password)!));
                if (current.IndexOf(signer.Address) < 0) throw new UserException($"{signer.Address} is no member of epoch {current.Epoch} on {link.Name}: its signature would count for nothing.");
                await Console.Error.WriteLineAsync($"Signs on {link.Name} ({link.Id}) as {signer.Address}: {RotationVerbs.Describe(next, current)}.");
                Confirmation.Ask("Sign it?", parsed.GetValue(yes), "Nothing was signed");
                var digest = new Rotation(next).Digest(link.Domain);
                Console.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(new { signer = signer.Address.ToString(), epoch = next.Epoch.Value, digest = digest.ToString(), signature = signer.Sign(digest).ToString() })
                    : signer.Sign(digest).ToString());
                return 0;
            });
    }
}
