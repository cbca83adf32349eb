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
        var check = new Command("check", "Checks every key and asks every endpoint for its chain id; changes nothing.") { config, roles, offline }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), parsed.GetValue(roles));
            if (!parsed.GetValue(offline)) await AskAsync(options, ct);
            Console.WriteLine($"The configuration is good for the roles {string.Join(", ", options.Roles)}.");
            return 0;
        });
        return new Command("config", "Looks at the configuration.") { check, Show(), Schema() };
    }

    private static Command Show()
    {
        var (config, roles) = (Common.Config(), Common.Roles("Show it for these roles instead of what Bridge:Roles says, comma-separated."));
        return new Command("show", "Prints the configuration in force, defaults included, as JSON, without passwords and without the keys that endpoints' URLs carry.") { config, roles }.Does((parsed, _) =>
        {
            Console.WriteLine(Description.Effective(ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), parsed.GetValue(roles))));
            return Task.FromResult(0);
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
