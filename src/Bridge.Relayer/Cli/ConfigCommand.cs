using System.CommandLine;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

internal static class ConfigCommand
{
    public static Command Create()
    {
        var config = Common.Config();
        var roles = Common.Roles("Check for these roles instead of what Bridge:Roles says, comma-separated.");
        var offline = new Option<bool>("--offline") { Description = "Do not ask the endpoints which chain they serve." };
        var validate = new Command("validate", "Checks every key and asks every endpoint for its chain id; changes nothing.") { config, roles, offline }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), parsed.GetValue(roles));
            if (!parsed.GetValue(offline)) await AskAsync(options, ct);
            Console.WriteLine($"The configuration is good for the roles {string.Join(", ", options.Roles)}.");
            return 0;
        });
        validate.Aliases.Add("check");
        return new Command("config", "Looks at the configuration.") { validate, Show(), Diff(), Schema() };
    }

    private static Command Show()
    {
        var effective = new Option<bool>("--effective") { Description = "With the defaults. It always is." };
        var redact = new Option<bool>("--redact") { Description = "Without secrets. It always is." };
        var (config, roles) = (Common.Config(), Common.Roles("Show it for these roles instead of what Bridge:Roles says, comma-separated."));
        return new Command("show", "Prints the configuration in force, defaults included, as JSON, without passwords and without the keys that endpoints' URLs carry.") { config, roles, effective, redact }.Does((parsed, _) =>
        {
            Console.WriteLine(Description.Effective(ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), parsed.GetValue(roles))));
            return Task.FromResult(0);
        });
    }

    private static Command Diff()
    {
        var json = Common.Json();
        var before = new Argument<string>("before") { Description = "A configuration file, as --config would take it." };
        var after = new Argument<string>("after") { Description = "Another one." };
        return new Command("diff", "Prints what differs between two configurations, each over appsettings.json and under the environment, and whether a running node takes it over at once. Exit code 0 if nothing does, 1 if something does.") { before, after, json }.Does((parsed, _) =>
        {
            BridgeOptions Read(Argument<string> file) => ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(file)));
            var (old, wanted) = (Read(before), Read(after));
            var waiting = Difference.Between(Reload.Changeable.Merge(old, wanted), wanted).Select(one => one.Key).ToHashSet();
            var rows = Difference.Between(old, wanted).Select(one => new { key = one.Key, before = one.Before, after = one.After, atOnce = !waiting.Contains(one.Key) }).ToList();
            if (parsed.GetValue(json)) Common.PrintJson(rows);
            else foreach (var row in rows) Console.WriteLine($"{row.key}: {row.before ?? "nothing"} -> {row.after ?? "nothing"} ({(row.atOnce ? "at once" : "at the next start")})");
            return Task.FromResult(rows.Count == 0 ? 0 : Common.Failed);
        });
    }

    private static Command Schema() => new Command("schema", "Prints the JSON Schema of a configuration file, for editors.").Does((_, _) =>
    {
        Console.WriteLine(Description.Schema());
        return Task.FromResult(0);
    });

    private static async Task AskAsync(BridgeOptions options, CancellationToken ct)
    {
        using var http = RpcHttp.CreateClient();
        foreach (var link in new ChainSet(options, http).All)
        {
            await link.Client.ConnectAsync(ct);
            var final = await link.FinalAsync(ct);
            Console.WriteLine($"{link.Name}: chain {link.Id}, {link.Options.Endpoints.Count} endpoints, {link.Options.EffectiveQuorum} must agree, final at {final.Height}");
        }
    }
}
