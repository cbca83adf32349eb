using System.Text.Json;
using Bridge.Relayer.Configuration;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.Configuration;

namespace Bridge.SystemTests;

public sealed class ConfigurationTests : IDisposable
{
    private const string Address = "0x00000000000000000000000000000000000b41d6";

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-config-").FullName;

    private readonly Dictionary<string, string?> _good = new()
    {
        ["Bridge:Environment"] = "production",
        ["Bridge:Roles:0"] = "watch",
        ["Bridge:Database"] = "Host=127.0.0.1",
        ["Bridge:Chains:alpha:ChainId"] = "1",
        ["Bridge:Chains:alpha:Bridge"] = Address,
        ["Bridge:Chains:alpha:Endpoints:0"] = "http://127.0.0.1:1",
        ["Bridge:Chains:alpha:Endpoints:1"] = "http://127.0.0.1:2",
        ["Bridge:Chains:beta:ChainId"] = "2",
        ["Bridge:Chains:beta:Bridge"] = Address,
        ["Bridge:Chains:beta:Endpoints:0"] = "http://127.0.0.1:3",
        ["Bridge:Chains:beta:Endpoints:1"] = "http://127.0.0.1:4",
    };

    [Fact]
    public void A_good_configuration_is_taken_and_two_endpoints_must_both_agree()
    {
        var options = Load();
        options.Chains["alpha"].EffectiveQuorum.ShouldBe(2);
        options.Roles.ShouldBe(["watch"]);
    }

    [Theory]
    [InlineData("Bridge:Chains:alpha:Endpoint", "http://127.0.0.1:1", "Bridge:Chains:alpha:Endpoint: there is no such key")]
    [InlineData("Bridge:Databse", "x", "Bridge:Databse: there is no such key")]
    [InlineData("Bridge:Executor:MaxGaz", "1", "Bridge:Executor:MaxGaz: there is no such key")]
    [InlineData("Bridge:Environment", "prod", "Bridge:Environment:")]
    [InlineData("Bridge:Database", "", "Bridge:Database: missing")]
    [InlineData("Bridge:Roles:0", "mine", "Bridge:Roles: there is no role 'mine'")]
    [InlineData("Bridge:Chains:alpha:ChainId", "2", "alpha and beta have the same ChainId 2")]
    [InlineData("Bridge:Chains:alpha:ChainId", "0", "Bridge:Chains:alpha:ChainId: missing")]
    [InlineData("Bridge:Chains:alpha:ChainId", "one", "Bridge:Chains:alpha:ChainId")]
    [InlineData("Bridge:Chains:alpha:Bridge", "0x01", "Bridge:Chains:alpha:Bridge:")]
    [InlineData("Bridge:Chains:alpha:Endpoints:0", "file:///etc", "Bridge:Chains:alpha:Endpoints:")]
    [InlineData("Bridge:Chains:alpha:Endpoints:1", "http://127.0.0.1:1/", "Bridge:Chains:alpha:Endpoints:")]
    [InlineData("Bridge:Chains:alpha:Quorum", "3", "Bridge:Chains:alpha:Quorum:")]
    [InlineData("Bridge:Chains:alpha:Quorum", "1", "Bridge:Chains:alpha:Quorum:")]
    [InlineData("Bridge:Chains:alpha:Finality", "latest", "Bridge:Chains:alpha:Finality:")]
    [InlineData("Bridge:Chains:alpha:Proof", "maybe", "Bridge:Chains:alpha:Proof:")]
    [InlineData("Bridge:Chains:alpha:PollMilliseconds", "0", "Bridge:Chains:alpha:PollMilliseconds:")]
    [InlineData("Bridge:Chains:alpha:MaxLogRange", "0", "Bridge:Chains:alpha:MaxLogRange:")]
    [InlineData("Bridge:Chains:alpha:TimeoutSeconds", "0", "Bridge:Chains:alpha:TimeoutSeconds:")]
    [InlineData("Bridge:Bus:RabbitMq", "http://x", "Bridge:Bus:RabbitMq:")]
    [InlineData("Bridge:Bus:Node", "", "Bridge:Bus:Node: missing")]
    [InlineData("Bridge:Sweeper:IntervalSeconds", "0", "Bridge:Sweeper:IntervalSeconds:")]
    [InlineData("Bridge:Roles:1", "attest", "Bridge:Attester:Keystore: missing")]
    [InlineData("Bridge:Roles:1", "execute", "Bridge:Executor:Keystore: missing")]
    [InlineData("Bridge:Roles:1", "sponsor", "Bridge:Sponsor:Paymasters: missing")]
    public void A_bad_value_stops_the_start_with_the_keys_name(string key, string value, string said)
    {
        _good[key] = value;
        Should.Throw<ConfigurationException>(() => Load()).Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("sponsor", "Bridge:Sponsor:Paymasters:gamma", Address, "Bridge:Sponsor:Paymasters:gamma: Bridge:Chains has no chain")]
    [InlineData("sponsor", "Bridge:Sponsor:EntryPoints:alpha", "0x01", "Bridge:Sponsor:EntryPoints:alpha: '0x01' is not a contract's address")]
    [InlineData("sponsor", "Bridge:Sponsor:AccountGwei", "0", "Bridge:Sponsor:AccountGwei:")]
    [InlineData("sponsor", "Bridge:Sponsor:TotalGwei", "0", "Bridge:Sponsor:TotalGwei:")]
    [InlineData("sponsor", "Bridge:Sponsor:ValidSeconds", "601", "Bridge:Sponsor:ValidSeconds: 60 to 600")]
    [InlineData("submit", "Bridge:Submitter:Fees:ChangePercent", "1001", "Bridge:Submitter:Fees:ChangePercent:")]
    [InlineData("submit", "Bridge:Submitter:Fees:IntervalSeconds", "0", "Bridge:Submitter:Fees:IntervalSeconds:")]
    public void A_bad_value_of_a_role_stops_its_start(string role, string key, string value, string said)
    {
        (_good["Bridge:Roles:1"], _good[key]) = (role, value);
        Should.Throw<ConfigurationException>(() => Load()).Message.ShouldContain(said);
    }

    [Fact]
    public void A_production_chain_with_one_endpoint_is_refused_unless_it_says_so()
    {
        _good.Remove("Bridge:Chains:alpha:Endpoints:1");
        Should.Throw<ConfigurationException>(() => Load()).Message.ShouldContain("Bridge:Chains:alpha:Endpoints: a single endpoint can lie unnoticed");

        _good["Bridge:Chains:alpha:AllowSingleEndpoint"] = "true";
        Load().Chains["alpha"].EffectiveQuorum.ShouldBe(1);
    }

    [Fact]
    public void A_local_chain_may_have_one_endpoint()
    {
        _good.Remove("Bridge:Chains:alpha:Endpoints:1");
        _good["Bridge:Environment"] = "local";
        Load().Chains["alpha"].Endpoints.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{ "Bridge": { "Database": "Host=x;Password=y" } }""", "Bridge__Database")]
    [InlineData("""{ "Bridge": { "Bus": { "RabbitMq": "amqp://a:b@c/" } } }""", "Bridge__Bus__RabbitMq")]
    [InlineData("""{ "Bridge": { "Attester": { "Password": "x" } } }""", "PasswordFile")]
    [InlineData("""{ "Bridge": { "Executor": { "Password": "x" } } }""", "PasswordFile")]
    [InlineData("""{ "Bridge": { "Sponsor": { "Password": "x" } } }""", "PasswordFile")]
    [InlineData("""{ "Bridge": { "Log": { "Password": "x" } } }""", "PasswordFile")]
    public void A_secret_in_a_file_stops_the_start_and_the_message_says_where_it_belongs(string json, string said)
    {
        var file = Path.Combine(_folder, "secret.json");
        File.WriteAllText(file, json);
        var root = new ConfigurationBuilder().AddInMemoryCollection(_good).AddJsonFile(file).Build();

        Should.Throw<ConfigurationException>(() => ConfigurationLoader.Load(root, null)).Message.ShouldContain(said);
    }

    [Fact]
    public void Every_key_is_documented_in_appsettings()
    {
        var documented = File.ReadAllText(Path.Combine(Machine.Root, "appsettings.json"));
        Keys(typeof(BridgeOptions)).Where(key => !documented.Contains(key, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_program_says_what_is_wrong_in_words_and_with_exit_code_2()
    {
        var file = Path.Combine(_folder, "node.json");
        await File.WriteAllTextAsync(file, """{ "Bridge": { "Chian": {} } }""");

        var (exitCode, output) = await ChildProcess.BridgeAsync(["config", "check", "--config", file], null, _folder);

        exitCode.ShouldBe(2);
        output.ShouldContain("Bridge:Chian: there is no such key");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_is_in_force_is_shown_with_its_defaults_and_without_a_secret()
    {
        var keystore = Path.Combine(_folder, "some.keystore");
        var environment = _good.Where(pair => pair.Key != "Bridge:Chains:alpha:Endpoints:0").ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value!);
        environment["Bridge__Chains__alpha__Endpoints__0"] = "https://me:tOpSeCrEt@rpc.example/v3/tOpSeCrEt?key=tOpSeCrEt";
        environment["Bridge__Database"] = "Host=db.example;Username=ada;Password=tOpSeCrEt";
        environment["Bridge__Bus__RabbitMq"] = "amqp://ada:tOpSeCrEt@mq.example/";
        environment["Bridge__Roles__0"] = "execute";
        environment["Bridge__Executor__Keystore"] = keystore;
        environment["Bridge__Executor__Password"] = "tOpSeCrEt";
        await File.WriteAllTextAsync(keystore, "{}");
        File.SetUnixFileMode(keystore, UnixFileMode.UserRead);

        var shown = await RunAsync(environment, "config", "show");

        shown.ShouldNotContain("tOpSeCrEt");
        var bridge = JsonDocument.Parse(shown).RootElement.GetProperty("Bridge");
        bridge.GetProperty("Chains").GetProperty("alpha").GetProperty("Endpoints")[0].GetString().ShouldBe("https://***@rpc.example/***");
        bridge.GetProperty("Chains").GetProperty("alpha").GetProperty("Finality").GetString().ShouldBe("finalized");
        bridge.GetProperty("Database").GetString().ShouldBe("Host=db.example;Username=ada;Password=***");
        bridge.GetProperty("Bus").GetProperty("RabbitMq").GetString().ShouldBe("amqp://***@mq.example");
        bridge.GetProperty("Executor").GetProperty("Password").GetString().ShouldBe("***");
    }

    [Fact]
    public async Task The_schema_has_every_key_and_allows_no_other()
    {
        var bridge = JsonDocument.Parse(await RunAsync([], "config", "schema")).RootElement.GetProperty("properties").GetProperty("Bridge");

        Properties(bridge).Order(StringComparer.Ordinal).ShouldBe(Keys(typeof(BridgeOptions)).Order(StringComparer.Ordinal));
        bridge.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        bridge.GetProperty("properties").GetProperty("Executor").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        bridge.GetProperty("properties").GetProperty("Executor").GetProperty("properties").GetProperty("MaxBatch").GetProperty("type").GetString().ShouldBe("integer");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private BridgeOptions Load() => ConfigurationLoader.Load(new ConfigurationBuilder().AddInMemoryCollection(_good).Build(), null);

    private async Task<string> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.BridgeAsync(arguments, environment, _folder);
        exitCode.ShouldBe(0, output);
        return output;
    }

    private static IEnumerable<string> Properties(JsonElement schema)
    {
        if (schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind is JsonValueKind.Object)
            foreach (var name in Properties(each)) yield return name;
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        foreach (var property in properties.EnumerateObject())
        {
            yield return property.Name;
            foreach (var name in Properties(property.Value)) yield return name;
        }
    }

    private static IEnumerable<string> Keys(Type type)
    {
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            yield return property.Name;
            var inner = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType;
            if (inner.Namespace != typeof(BridgeOptions).Namespace) continue;
            foreach (var key in Keys(inner)) yield return key;
        }
    }
}
