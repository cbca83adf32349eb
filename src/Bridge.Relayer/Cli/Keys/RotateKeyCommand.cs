using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Makes the key that follows a role's present one, and says what else there is to do, in order. It changes neither the configuration nor a chain.</summary>
internal static class RotateKeyCommand
{
    /// <param name="Members">With the new key in the old one's place.</param>
    private sealed record NextSet(string Chain, ulong ChainId, ulong Epoch, int Threshold, IReadOnlyList<string> Members);

    public static Command Create()
    {
        var (config, json, keystore, password) = (Common.Config(), Common.Json(), KeyFileCommands.KeystoreFile(), KeyFileCommands.PasswordFile());
        var role = new Option<string>("--role") { Required = true, Description = "Whose key is to be replaced." };
        return new Command("rotate", "Makes a role's next key, and prints what must happen until it is used.") { config, role, keystore, password, json }.Does(async (parsed, ct) =>
        {
            var (file, which) = (parsed.GetValue(keystore)!, parsed.GetValue(role)!);
            var (options, key) = KeyChoice.One(parsed.GetValue(config), which);
            using var http = RpcHttp.CreateClient();
            using var old = Configuration.Keys.Open(key);
            // The chains are asked first: a key that was made before they failed would be made twice.
            var sets = which == Roles.Attest ? await SetsAsync(new ChainSet(options, http), old.Address, ct) : [];
            var next = KeyFile.Make(file, parsed.GetValue(password)!);
            var changed = sets.Select(set => Next(set.Link, set.Set, old.Address, next)).ToList();
            var steps = Steps(which, old.Address, next, file).ToList();
            if (parsed.GetValue(json)) Common.PrintJson(new { role = which, old = old.Address.ToString(), next = next.ToString(), keystore = file, sets = changed, steps });
            else Tell(changed, steps);
            return 0;
        });
    }

    private static async Task<IReadOnlyList<(ChainLink Link, ValidatorSet Set)>> SetsAsync(ChainSet chains, Address old, CancellationToken ct)
    {
        var sets = new List<(ChainLink, ValidatorSet)>();
        foreach (var link in chains.All)
        {
            var final = await link.FinalAsync(ct);
            var set = await link.Bridge.ValidatorSetAsync(await link.Bridge.EpochAsync(final.Height, ct), final.Height, ct);
            if (set.IndexOf(old) >= 0) sets.Add((link, set));
        }
        return sets;
    }

    private static NextSet Next(ChainLink link, ValidatorSet set, Address old, Address next) =>
        new(link.Name, link.Id.Value, set.Epoch.Value + 1, set.Threshold, [.. set.Members.Select(member => member == old ? next : member).Order().Select(member => member.ToString())]);

    private static IEnumerable<string> Steps(string role, Address old, Address next, string keystore)
    {
        if (role == Roles.Attest)
        {
            yield return $"Have the validator set rotated on every chain, with {next} in place of {old}. Until then {old} goes on signing.";
            yield return $"Stop this validator. Set Bridge:Attester:Keystore to {keystore}, its PasswordFile to match, and Journal to the journal of {old}: what was signed must stay known.";
            yield return "Start it; 'bridge doctor --roles attest' shows it in the set.";
        }
        else if (role == Roles.Sponsor)
        {
            yield return $"Name {next} as the signer of every TransferPaymaster, then set Bridge:Sponsor:Keystore to {keystore} and start the node again.";
        }
        else
        {
            yield return $"Send coin to {next} on every chain, and give it the roles that {old} has on the contracts, if any.";
            yield return $"Wait until no transaction of {old} is underway, set the role's Keystore to {keystore} and its PasswordFile to match, and start the node again.";
            yield return $"Move what is left from {old}, and take its roles on the contracts from it.";
        }
        yield return $"Keep {old} for as long as something may still be owed to it; if others may have had it, take what it can do from it first.";
    }

    private static void Tell(IReadOnlyList<NextSet> sets, IReadOnlyList<string> steps)
    {
        foreach (var (step, number) in steps.Select((step, at) => (step, at + 1))) Console.WriteLine($"{number}. {step}");
        foreach (var set in sets) Console.WriteLine($"{set.Chain}: epoch {set.Epoch}, threshold {set.Threshold}, members {string.Join(",", set.Members)}");
    }
}
