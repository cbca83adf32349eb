using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Reload;

/// <summary>A running node whose configuration file is saved.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private World _world = null!;
    private Traveller _user = null!;

    private Node Relayer => _world.Relayers[0];

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(Topology.InMemory);
        _user = await Traveller.AtAsync(_world, 2);
        await _user.PrepareAsync(50_000_000);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Endpoints_limits_and_log_levels_change_while_it_runs_and_a_bad_change_changes_nothing()
    {
        await ArrivesAsync();
        var process = Relayer.ProcessId;

        await using var way = TcpProxy.Before("127.0.0.1", _world.Home.Url.Port);
        Relayer.Save(root => Home(root)["Endpoints"] = new JsonArray($"http://127.0.0.1:{way.Port}/"));
        await Relayer.SaysAsync("configuration: Bridge:Chains:home:Endpoints is");
        await Eventually.TrueAsync("the new endpoint to be used", () => Task.FromResult(way.Accepted > 0), Relayer.Tail);
        await ArrivesAsync();

        Relayer.Output.ShouldNotContain("\"level\":\"Debug\"");
        Relayer.Save(root => root["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Debug" } });
        await Relayer.SaysAsync("\"level\":\"Debug\"");

        Relayer.Save(root => root["Bridge"]!["Executor"]!["MaxCostGwei"] = 1);
        await Relayer.SaysAsync("configuration: Bridge:Executor:MaxCostGwei is 1 now");
        var dear = await _user.SendAsync(_world.Home, _world.Far, 1_000_000, 10_000);
        await Relayer.SaysAsync("more than Bridge:Executor:MaxCostGwei allows");
        Relayer.Save(root => root["Bridge"]!["Executor"]!["MaxCostGwei"] = 1_000_000_000);
        await _world.DeliveredAsync(dear);

        await RefusedAsync(root => root["Bridge"]!["Executor"]!["MaxFeeGwei"] = 0, "Bridge:Executor:MaxFeeGwei: 1 to 100000");
        await RefusedAsync(root => Home(root)["Endpoint"] = "http://127.0.0.1:1", "Bridge:Chains:home:Endpoint: there is no such key");
        await RefusedAsync(root => root["Logging"]!["LogLevel"]!["Default"] = "Loud", "Logging:LogLevel:Default: 'Loud' is not one of");
        await RefusedAsync(root => Home(root)["Endpoints"] = new JsonArray(_world.Far.Url.ToString()), "serves chain 918002");
        await RefusedAsync(root => Home(root)["Endpoints"] = new JsonArray("http://127.0.0.1:1/"), "chain id");
        await File.WriteAllTextAsync(Relayer.ConfigFile, "{ \"Bridge\": ");
        await Relayer.SaysAsync("Failed to load configuration from file");
        await ArrivesAsync();
        Relayer.ProcessId.ShouldBe(process);
        Relayer.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task What_needs_a_start_is_told_and_a_second_look_at_the_same_file_says_nothing()
    {
        Relayer.Save(root => root["Bridge"]!["Executor"]!["LeaseSeconds"] = 9);
        await Relayer.SaysAsync("Bridge:Executor:LeaseSeconds is 9 in the file and takes effect when this process starts again; until then it is 5");
        Relayer.Save(root => root["Bridge"]!["Sweeper"]!["IntervalSeconds"] = 3);
        await Relayer.SaysAsync("Bridge:Sweeper:IntervalSeconds is 3 now, it was 2");
        await ArrivesAsync();
    }

    /// <summary>Saves it, waits for the refusal, and saves what was there before.</summary>
    private async Task RefusedAsync(Action<JsonNode> change, string why)
    {
        var before = await File.ReadAllTextAsync(Relayer.ConfigFile);
        Relayer.Save(change);
        why = JsonEncodedText.Encode(why).ToString();
        await Eventually.TrueAsync($"a refusal with '{why}'", () => Task.FromResult(Relayer.Output.Split('\n').Any(line => line.Contains("is refused", StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal))), Relayer.Tail);
        await ArrivesAsync();
        await File.WriteAllTextAsync(Relayer.ConfigFile, before);
    }

    private async Task ArrivesAsync() => await _world.DeliveredAsync(await _user.SendAsync(_world.Home, _world.Far, 1_000_000, 10_000));

    private static JsonNode Home(JsonNode root) => root["Bridge"]!["Chains"]!["home"]!;
}
