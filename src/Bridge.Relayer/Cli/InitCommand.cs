using System.CommandLine;
using System.Text.Json;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Writes a node's configuration from what a deployment printed.</summary>
internal static class InitCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private sealed record Deployed(IReadOnlyList<DeployedChain> Chains);

    private sealed record DeployedChain(string Name, ulong ChainId, string Bridge, string Intents, ulong DeployBlock);

    public static Command Create()
    {
        var deployed = new Option<string>("--deployed") { Required = true, Description = "What contracts/script/deploy.mjs wrote with --out." };
        var rpc = new Option<string[]>("--rpc") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "CHAIN=URL, once for each endpoint; every chain needs one, in production two." };
        var roles = Common.Roles($"What the node does, comma-separated: {string.Join(", ", Roles.Known)}.");
        var environment = new Option<string>("--environment") { Description = "production or local. Default production.", DefaultValueFactory = _ => "production" };
        var keystore = new Option<string?>("--keystore") { Description = "Keystore file of the role's key." };
        var password = new Option<string?>("--password-file") { Description = "File with its password." };
        var relayer = new Option<string[]>("--relayer") { AllowMultipleArgumentsPerToken = true, Description = "Of a validator: base URLs of the relayers' APIs that get its attestations." };
        var metrics = new Option<string>("--metrics") { Description = "Where it answers /metrics and /healthz/ready. Default http://127.0.0.1:9464.", DefaultValueFactory = _ => "http://127.0.0.1:9464" };
        var output = new Option<string>("--out") { Required = true, Description = "The file to write; it must not exist." };
        return new Command("init", "Writes a node's configuration. The database's connection string is no part of it: it holds a password, and comes by the environment as Bridge__Database.")
        { deployed, rpc, roles, environment, keystore, password, relayer, metrics, output }.Does(async (parsed, ct) =>
        {
            var path = parsed.GetValue(output)!;
            if (File.Exists(path)) throw new UserException($"--out: '{path}' exists.");
            var wanted = parsed.GetValue(roles) ?? [];
            if (wanted.Length == 0) throw new UserException($"--roles: say what the node does: {string.Join(", ", Roles.Known)}.");
            var key = new { Keystore = Full(parsed.GetValue(keystore)), PasswordFile = Full(parsed.GetValue(password)) };
            var relayers = parsed.GetValue(relayer) ?? [];
            var bridge = new Dictionary<string, object>
            {
                ["Environment"] = parsed.GetValue(environment)!, ["Roles"] = wanted, ["Chains"] = Chains(Read(parsed.GetValue(deployed)!), parsed.GetValue(rpc)!),
                ["Metrics"] = new { Urls = parsed.GetValue(metrics) },
            };
            if (wanted.Contains(Roles.Attest)) bridge["Attester"] = new { key.Keystore, key.PasswordFile, OverBus = relayers.Length == 0, Relayers = relayers };
            if (wanted.Contains(Roles.Execute)) bridge["Executor"] = key;
            if (wanted.Contains(Roles.Submit)) bridge["Submitter"] = key;
            if (wanted.Contains(Roles.Sponsor)) bridge["Sponsor"] = key;
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { Bridge = bridge }, Json) + "\n", ct);
            Console.WriteLine($"{path} is written. Next, with Bridge__Database in the environment: 'bridge migrate', 'bridge doctor --config {path}', 'bridge run --config {path}'.");
            return 0;
        });
    }

    private static Deployed Read(string path)
    {
        if (!File.Exists(path)) throw new UserException($"--deployed: there is no file '{path}'.");
        try
        {
            return JsonSerializer.Deserialize<Deployed>(File.ReadAllText(path), JsonSerializerOptions.Web) is { Chains.Count: > 0 } deployed
                ? deployed
                : throw new UserException($"--deployed: '{path}' names no chain.");
        }
        catch (JsonException e)
        {
            throw new UserException($"--deployed: '{path}' is not what deploy.mjs writes: {e.Message}");
        }
    }

    private static Dictionary<string, object> Chains(Deployed deployed, string[] rpc)
    {
        var urls = rpc.Select(text => text.Split('=', 2) is [var name, var url] ? (Name: name, Url: url) : throw new UserException($"--rpc: '{text}' is not CHAIN=URL.")).ToLookup(pair => pair.Name, pair => pair.Url);
        if (urls.FirstOrDefault(chain => deployed.Chains.All(one => one.Name != chain.Key)) is { } unknown) throw new UserException($"--rpc: the deployment has no chain '{unknown.Key}'; it has {string.Join(", ", deployed.Chains.Select(chain => chain.Name))}.");
        return deployed.Chains.ToDictionary(chain => chain.Name, object (chain) => urls.Contains(chain.Name)
            ? new { chain.ChainId, chain.Bridge, chain.Intents, StartBlock = chain.DeployBlock, Endpoints = urls[chain.Name].ToArray() }
            : throw new UserException($"--rpc: chain {chain.Name} needs an endpoint: --rpc {chain.Name}=URL."));
    }

    private static string Full(string? path) => path is null ? "" : Path.GetFullPath(path);
}
