using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Operation;

/// <summary>A node says itself that it stalls, which part of it and since when, and that it works again.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class ReadinessTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task Readiness_turns_red_with_a_stalled_endpoint_chain_or_database_and_green_again()
    {
        await using var database = await Database.CreateAsync("readiness");
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var postgres = TcpProxy.Before(server.Host!, server.Port);
        await using var endpoint = TcpProxy.Before("127.0.0.1", World.Home.Url.Port);
        (await World.BridgeOnAsync(database, "migrate")).ExitCode.ShouldBe(0);
        await using var node = Watcher(endpoint, postgres, server);
        node.Start();
        var health = new Uri(await ObservedTests.UrlAsync(node) + "/healthz/ready");
        await GreenAsync(health, node);

        endpoint.Swallows = true;
        await RedAsync(health, node, $"watch {World.Home.Id}", "");
        endpoint.Swallows = false;
        endpoint.Cut();
        await GreenAsync(health, node);

        await World.Home.StopMiningAsync();
        try
        {
            await RedAsync(health, node, $"watch {World.Home.Id}", "no block after");
        }
        finally
        {
            await World.Home.StartMiningAsync();
        }
        await GreenAsync(health, node);

        postgres.Swallows = true;
        await RedAsync(health, node, $"watch {World.Far.Id}", "one step lasts");
        postgres.Swallows = false;
        postgres.Cut();
        await GreenAsync(health, node);
    }

    private Node Watcher(TcpProxy endpoint, TcpProxy postgres, NpgsqlConnectionStringBuilder server)
    {
        var file = World.ConfigWith("readiness", new Uri($"http://127.0.0.1:{endpoint.Port}"), World.Far.Url);
        var config = JsonNode.Parse(File.ReadAllText(file))!;
        config["Bridge"]!["Metrics"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0", ["StaleSeconds"] = 5 };
        foreach (var (_, chain) in config["Bridge"]!["Chains"]!.AsObject()) (chain!["TimeoutSeconds"], chain["StallSeconds"]) = (2, 8);
        File.WriteAllText(file, config.ToJsonString());
        var secrets = new Dictionary<string, string>
        {
            ["Bridge__Database"] = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = postgres.Port }.ConnectionString,
        };
        return new Node("readiness", file, "watch", secrets, Path.GetDirectoryName(file)!);
    }

    private static Task GreenAsync(Uri health, Node node) =>
        Eventually.TrueAsync("the node to be ready", async () => (await AskAsync(health)).Status is HttpStatusCode.OK, () => node.Tail());

    private static Task RedAsync(Uri health, Node node, string component, string said) => Eventually.TrueAsync($"{component} to be named", async () =>
    {
        var (status, components) = await AskAsync(health);
        return status is HttpStatusCode.ServiceUnavailable && components.Any(one => one.GetProperty("component").GetString() == component && one.GetProperty("state").GetString() == "stalled"
            && one.GetProperty("detail").GetString()!.Contains(said, StringComparison.Ordinal) && one.GetProperty("since").GetDateTimeOffset() <= DateTimeOffset.UtcNow);
    }, () => node.Tail());

    private static async Task<(HttpStatusCode Status, IReadOnlyList<JsonElement> Components)> AskAsync(Uri health)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(health);
        return (answer.StatusCode, [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("components").EnumerateArray()]);
    }
}
