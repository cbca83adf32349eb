using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Operation;

namespace Bridge.SystemTests.Reload;

/// <summary>A third chain is added to a deployment of two that is running.</summary>
public sealed class AddedChainTests : IAsyncLifetime
{
    private const ulong Fee = 10_000;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync(Topology.InMemory, third: true);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Its_lanes_are_served_by_the_processes_that_ran_before_and_the_other_lanes_go_on()
    {
        var third = _world.Third!;
        var relayer = _world.Relayers[0];
        await relayer.KillAsync();
        relayer.Save(root => root["Bridge"]!["Metrics"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" });
        relayer.Start();
        var user = await Traveller.AtAsync(_world, 2);
        await user.PrepareAsync(50_000_000);
        await _world.DeliveredAsync(await user.SendAsync(_world.Home, _world.Far, 1_000_000, Fee));
        var processes = _world.Nodes.Select(node => node.ProcessId).ToList();

        foreach (var node in _world.Nodes) node.Save(root => Chains(root)["third"] = Third(root));
        foreach (var node in _world.Nodes) await node.SaysAsync("added as third");
        await ShowsAsync(relayer, $"watch {third.Id}");
        await ShowsAsync(relayer, $"execute {third.Id}");
        await third.FundAsync(_world.Executor);

        var there = await user.SendAsync(_world.Home, third, 5_000_000, Fee);
        await _world.DeliveredAsync(there);
        (await user.BalanceAsync(third)).ShouldBe(5_000_000 - Fee);
        await _world.DeliveredAsync(await user.SendAsync(_world.Home, _world.Far, 1_000_000, Fee));
        await third.TransactAsync(user.Account, _world.Contracts.Tokens[third.Id], Evm.TokenContract.EncodeApprove(_world.Contracts.Bridge, (System.Numerics.BigInteger)UInt128.MaxValue));
        foreach (var back in new[] { _world.Home, _world.Far }) await _world.DeliveredAsync(await user.SendAsync(third, back, 1_000_000, Fee));

        _world.Nodes.Select(node => node.ProcessId).ShouldBe(processes);
        _world.Nodes.ShouldAllBe(node => !node.HasExited);
    }

    /// <summary>Waits until what the node tells of its health has the component.</summary>
    private static async Task ShowsAsync(Node node, string component)
    {
        using var http = new HttpClient();
        var health = new Uri(await ObservedTests.UrlAsync(node) + "/healthz/ready");
        await Eventually.TrueAsync($"{node.Name} to tell of '{component}'", async () => (await (await http.GetAsync(health)).Content.ReadAsStringAsync()).Contains($"\"{component}\"", StringComparison.Ordinal), node.Tail);
    }

    private static JsonObject Chains(JsonNode root) => root["Bridge"]!["Chains"]!.AsObject();

    /// <summary>As the others are configured.</summary>
    private JsonNode Third(JsonNode root)
    {
        var chain = Chains(root)["far"]!.DeepClone();
        chain["ChainId"] = _world.Third!.Id.Value;
        chain["StartBlock"] = _world.Contracts.StartBlocks[_world.Third.Id];
        chain["Endpoints"] = new JsonArray(_world.Third.Url.ToString());
        return chain;
    }
}
