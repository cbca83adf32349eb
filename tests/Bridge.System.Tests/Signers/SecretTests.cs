using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Signers;

/// <summary>A whole run with keys in keystores, behind a wire and behind a program: it delivers, and says none of its secrets to anybody.</summary>
[Collection(OneBroker.Name)]
public sealed partial class SecretTests
{
    private const string UrlKey = "k9Zx-a-providers-key-7Qw";

    private readonly List<(string Where, string Text)> _said = [];

    [Fact]
    public async Task A_transfer_arrives_with_remote_and_program_signers_and_no_secret_is_ever_said()
    {
        await using var world = await World.StartAsync(Topology.RabbitMq);
        await using var watched = new Descendants();
        using var authority = new Authority("of the run");
        await using var server = await SignerServer.StartAsync(world.ValidatorKeys[0], authority.Issue("127.0.0.1"), authority.Own);
        var executorKey = Keccak256.Hash("an executor behind a program"u8).ToArray();
        await using var remote = await RemoteValidatorAsync(world, server, authority);
        await using var program = await ProgramExecutorAsync(world, executorKey);
        await world.Validators[1].KillAsync(); // Three of four must sign, so that the remote one is needed.

        var user = await Traveller.AtAsync(world, 2);
        await user.PrepareAsync(5_000_000);
        await world.DeliveredAsync(await user.SendAsync(world.Home, world.Far, 5_000_000, 10_000));
        server.Asked.Count.ShouldBeGreaterThan(1, "the challenge, and an attestation");
        using var executor = LocalSigner.FromPrivateKey(executorKey);
        (await world.TokenOn(world.Far).BalanceOfAsync(executor.Address, default)).ShouldBe(10_000, "the program's key delivered");

        await KeysAsync(world, remote, program, server.Address, executor.Address);
        var apiKey = await ApiKeyAsync(world);
        await AskAsync(world, remote, apiKey);
        await FailAsync(world, remote);
        foreach (var node in world.Nodes.Append(remote).Append(program)) Keep(node.Name, node.Output);
        Keep("api", world.Api.Output);
        foreach (var line in watched.CommandLines) Keep("a command line", line);

        _said.Count(said => said.Where == "a command line").ShouldBeGreaterThan(10);
        _said.ShouldContain(said => said.Where == "metrics" && said.Text.Contains("bridge_build_info", StringComparison.Ordinal));
        var found = from secret in Secrets(world, executorKey, apiKey) from said in _said where said.Text.Contains(secret.Value, StringComparison.OrdinalIgnoreCase) select $"{secret.Key} in {said.Where}";
        found.Distinct().ShouldBeEmpty();
    }

    private static async Task<Node> RemoteValidatorAsync(World world, SignerServer server, Authority authority)
    {
        await world.Validators[0].KillAsync();
        var (certificate, key) = Authority.Write(authority.Issue("a validator"), world.Folder, "client");
        var (trusted, _) = Authority.Write(authority.Own, world.Folder, "authority");
        var node = world.Validators[0].Changed("remote", bridge =>
        {
            var attester = bridge["Attester"]!;
            attester["Journal"] = attester["Keystore"]!.GetValue<string>() + ".journal";
            (attester["Keystore"], attester["PasswordFile"]) = ("", "");
            attester["Signer"] = new JsonObject { ["Use"] = server.Url.ToString(), ["Address"] = server.Address.ToString(), ["Certificate"] = certificate, ["CertificateKey"] = key, ["Authority"] = trusted };
            foreach (var (_, chain) in bridge["Chains"]!.AsObject())
            {
                // One that serves, and one that does not and is complained about all the time.
                chain!["Endpoints"] = new JsonArray($"{chain["Endpoints"]![0]!.GetValue<string>().TrimEnd('/')}/?key={UrlKey}", $"http://127.0.0.1:1/v3/{UrlKey}");
                chain["Quorum"] = 1;
            }
            bridge["Metrics"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" };
            bridge.Parent!["Logging"] = Loud();
        });
        node.Start();
        return node;
    }

    private static async Task<Node> ProgramExecutorAsync(World world, byte[] key)
    {
        using var local = LocalSigner.FromPrivateKey(key);
        foreach (var chain in new[] { world.Home, world.Far }) await chain.FundAsync(local.Address);
        var present = world.Relayers.Single(node => node.Name.EndsWith("execute", StringComparison.Ordinal));
        await present.KillAsync();
        var node = present.Changed("program", bridge =>
        {
            (bridge["Executor"]!["Keystore"], bridge["Executor"]!["PasswordFile"]) = ("", "");
            bridge["Executor"]!["Signer"] = new JsonObject { ["Use"] = $"exec:{SigningProgram.Write(world.Folder, "sign", key, World.Password)}", ["Address"] = local.Address.ToString() };
            bridge.Parent!["Logging"] = Loud();
        });
        node.Start();
        return node;
    }

    private static JsonObject Loud() => new() { ["LogLevel"] = new JsonObject { ["Default"] = "Trace" } };

    /// <summary>The verbs that need chains.</summary>
    private static async Task KeysAsync(World world, Node validator, Node executor, Address old, Address account)
    {
        var rotated = await JsonAsync(world, validator, "keys", "rotate", "--role", "attest", "--keystore", Path.Combine(world.Folder, "next.keystore"), "--password-file", Path.Combine(world.Folder, "next.password"), "--json");
        var next = rotated.GetProperty("next").GetString()!;
        var sets = rotated.GetProperty("sets").EnumerateArray().ToList();
        sets.Count.ShouldBe(2);
        var expected = world.ValidatorAccounts.Select(member => member == old ? Address.Parse(next) : member).Order().Select(member => member.ToString());
        foreach (var set in sets)
        {
            set.GetProperty("epoch").GetUInt64().ShouldBe(2ul);
            set.GetProperty("members").EnumerateArray().Select(member => member.GetString()).ShouldBe(expected);
        }

        var balances = await JsonAsync(world, executor, "keys", "balance", "--roles", "execute", "--json");
        balances.EnumerateArray().Select(row => row.GetProperty("address").GetString()).ShouldBe([account.ToString(), account.ToString()]);
        balances.EnumerateArray().ShouldAllBe(row => UInt128.Parse(row.GetProperty("wei").GetString()!, CultureInfo.InvariantCulture) > 0);
    }

    private static async Task<JsonElement> JsonAsync(World world, Node node, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.BridgeAsync([.. arguments, "--config", node.ConfigFile], node.Secrets, world.Folder);
        exitCode.ShouldBe(0, output);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<string> ApiKeyAsync(World world)
    {
        var (exitCode, output) = await world.BridgeAsync("api-keys", "create", "--name", "the run's");
        exitCode.ShouldBe(0, output);
        return output.Trim();
    }

    /// <summary>Everything that answers is asked, rightly and wrongly.</summary>
    private async Task AskAsync(World world, Node remote, string apiKey)
    {
        using var http = new HttpClient { BaseAddress = world.Api.Url };
        foreach (var (path, key) in new[] { ("v1/webhooks", apiKey), ("v1/webhooks", apiKey + "0"), ($"v1/webhooks?key={apiKey[..8]}", apiKey), ("v1/transfers/0x00", apiKey), ("v1/validators", ""), ("healthz/ready", ""), ("v1/nothing", apiKey) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            if (key.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await http.SendAsync(request);
            Keep($"GET {path}", $"{response.Headers}{await response.Content.ReadAsStringAsync()}");
        }
        using var bad = await http.PostAsync(new Uri("v1/webhooks", UriKind.Relative), new StringContent("{ \"url\": \"nowhere\" }"));
        Keep("POST v1/webhooks", await bad.Content.ReadAsStringAsync());
        await Eventually.TrueAsync("the metrics to be served", () => Task.FromResult(MetricsUrl().IsMatch(remote.Output)), remote.Tail);
        Keep("metrics", await http.GetStringAsync(new Uri(MetricsUrl().Match(remote.Output).Value)));
        foreach (var verb in new[] { new[] { "config", "show" }, ["keys", "list"], ["signer", "test"], ["doctor"], ["config", "check"] })
            Keep(string.Join(' ', verb), (await ChildProcess.BridgeAsync([.. verb, "--config", remote.ConfigFile, "--roles", "attest"], remote.Secrets, world.Folder)).Output);
    }

    /// <summary>What cannot start says why.</summary>
    private async Task FailAsync(World world, Node remote)
    {
        var wrong = Path.Combine(world.Folder, "wrong");
        await File.WriteAllTextAsync(wrong, World.Password + "!");
        var locked = world.Validators[2].Changed("locked", bridge => bridge["Attester"]!["PasswordFile"] = wrong);
        Keep("a wrong password", (await ChildProcess.BridgeAsync(["run", "--config", locked.ConfigFile, "--roles", "attest"], locked.Secrets, world.Folder)).Output);
        var away = new Dictionary<string, string>(remote.Secrets) { ["Bridge__Database"] = new NpgsqlConnectionStringBuilder(remote.Secrets["Bridge__Database"]) { Password = new NpgsqlConnectionStringBuilder(remote.Secrets["Bridge__Database"]).Password + "!" }.ConnectionString };
        Keep("a wrong database password", (await ChildProcess.BridgeAsync(["migrate"], away, world.Folder)).Output);
        var nonsense = new Dictionary<string, string>(remote.Secrets) { ["Bridge__Database"] = remote.Secrets["Bridge__Database"] + ";Nonsense" };
        Keep("a wrong connection string", (await ChildProcess.BridgeAsync(["run", "--config", remote.ConfigFile, "--roles", "watch"], nonsense, world.Folder)).Output);
        var broken = new Dictionary<string, string>(remote.Secrets) { ["Bridge__Bus__RabbitMq"] = remote.Secrets["Bridge__Bus__RabbitMq"].Replace("amqp:", "ampq:", StringComparison.Ordinal) };
        Keep("a wrong broker", (await ChildProcess.BridgeAsync(["config", "check", "--offline", "--config", remote.ConfigFile, "--roles", "watch"], broken, world.Folder)).Output);
    }

    private static Dictionary<string, string> Secrets(World world, byte[] executorKey, string apiKey)
    {
        var secrets = new Dictionary<string, string>
        {
            ["the keystores' password"] = World.Password,
            ["the executor's key"] = Convert.ToHexString(executorKey), ["the executor's key (base64)"] = Convert.ToBase64String(executorKey),
            ["the API key"] = apiKey.Split('_')[2], ["the endpoints' key"] = UrlKey,
            ["the broker's password"] = Uri.UnescapeDataString(new Uri(Machine.RabbitMq).UserInfo.Split(':')[1]),
            ["the TLS key"] = File.ReadAllLines(Path.Combine(world.Folder, "client.key"))[1],
        };
        if (new NpgsqlConnectionStringBuilder(world.RelayerDatabase.ConnectionString).Password is { Length: > 0 } password) secrets["the database's password"] = password;
        foreach (var (key, at) in world.ValidatorKeys.Select((key, at) => (key, at + 1)))
            (secrets[$"validator {at}'s key"], secrets[$"validator {at}'s key (base64)"]) = (Convert.ToHexString(key), Convert.ToBase64String(key));
        secrets.Values.ShouldAllBe(secret => secret.Length >= 8);
        return secrets;
    }

    private void Keep(string where, string text) => _said.Add((where, text));

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/metrics")]
    private static partial Regex MetricsUrl();
}
