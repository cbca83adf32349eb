using System.Text.Json;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What an operator asks without an API, and does by hand.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class QueryTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task The_database_answers_what_an_operator_asks()
    {
        var user = await Traveller.AtAsync(World, 4);
        await user.PrepareAsync(1_000_000);
        var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
        await World.DeliveredAsync(id);

        (await LinesAsync("query", "transfer", id.ToString()))[0].GetProperty("status").GetString().ShouldBe("Delivered");
        (await LinesAsync("query", "attestations", id.ToString()))[0].GetProperty("have").GetInt32().ShouldBeGreaterThanOrEqualTo(3);
        (await LinesAsync("query", "lanes")).Count.ShouldBe(2);
        (await LinesAsync("query", "set")).ShouldAllBe(set => set.GetProperty("members").GetArrayLength() == 4);
        (await LinesAsync("query", "validators")).ShouldNotBeEmpty();
        (await LinesAsync("query", "heads")).Select(head => head.GetProperty("chain").GetString()).ShouldBe([World.Home.Id.ToString(), World.Far.Id.ToString()]);
        (await LinesAsync("query", "nonce")).ShouldNotBeEmpty();
        await LinesAsync("query", "held");
        await LinesAsync("query", "pending");
        (await World.BridgeAsync("query", "transfer", "0x" + new string('9', 64))).ExitCode.ShouldBe(1);
        (await World.BridgeAsync("query", "transfer", "nonsense")).ExitCode.ShouldBe(2);
        (await World.BridgeAsync("health-check", "--url", World.Api.Url.ToString())).Output.ShouldContain($"watch {World.Home.Id}");
        (await World.BridgeAsync("status", "--json", "--api", World.Api.Url.ToString())).Output.ShouldContain($"watch {World.Home.Id}");
        var (exit, said) = await World.BridgeAsync("status", id.ToString(), "--watch", "--json", "--api", World.Api.Url.ToString());
        exit.ShouldBe(0, said);
    }

    [Fact]
    public async Task What_deliveries_earn_and_cost_is_told_by_lane_and_day()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(1_000_000);
        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000));

        // A coin is worth 2,500 dollars of 6 decimals, and every fee here is a whole number of them: the worth follows exactly.
        await Eventually.TrueAsync("the rewards to be settled", async () => (await LinesAsync("rewards"))
            .Any(day => day.GetProperty("lane").GetString() == $"{World.Home.Id}->{World.Far.Id}" && Wei(day, "spentWei") > 0 && Wei(day, "profitWei") == Wei(day, "earnedWei") - Wei(day, "spentWei")
                && Wei(day, "earnedWei") == Wei(day.GetProperty("fees")[0], "amount") * 1_000_000_000_000_000_000 / 2_500_000_000 && Wei(day, "earnedWei") > 0), World.Explain);
        (await World.Api.GetAsync($"v1/operators/{World.Executor}/rewards"))!.Value.GetProperty("days").GetArrayLength().ShouldBeGreaterThan(0);

        static System.Numerics.BigInteger Wei(JsonElement of, string name) => System.Numerics.BigInteger.Parse(of.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_lane_that_an_operator_pauses_stands_still_here_until_it_is_resumed()
    {
        var lane = $"{World.Home.Id}:{World.Far.Id}";
        var user = await Traveller.AtAsync(World, 3);
        await user.PrepareAsync(1_000_000);
        (await World.BridgeAsync("lanes", "pause", "--lane", lane, "--by", "Ada", "--why", "maintenance")).ExitCode.ShouldBe(0);
        (await World.BridgeAsync("lanes", "list")).Output.ShouldContain("OPERATOR_PAUSE");
        var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
        await Eventually.TrueAsync("the transfer to wait for the operator", async () =>
            (await LinesAsync("query", "held")).Any(held => held.GetProperty("transfer").GetString() == id.ToString()), World.Explain);

        (await World.BridgeAsync("lanes", "resume", "--lane", lane, "--by", "Ada", "--why", "done")).ExitCode.ShouldBe(0);
        await World.DeliveredAsync(id);
    }

    private async Task<List<JsonElement>> LinesAsync(params string[] verb)
    {
        var (exit, output) = await World.BridgeAsync([.. verb, "--json"]);
        exit.ShouldBe(0, output);
        return [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
