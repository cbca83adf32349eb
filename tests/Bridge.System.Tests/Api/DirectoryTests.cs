using System.Net;
using System.Text.Json;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

/// <summary>What there is, as the watchers wrote it down: their writing is real here, their chains are played.</summary>
public sealed class DirectoryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_chain_is_found_by_number_by_caip_2_and_by_name()
    {
        var scene = await PlayAsync();

        foreach (var name in new[] { $"{scene.Lane.Source}", $"eip155:{scene.Lane.Source}", $"chain-{scene.Lane.Source}" })
        {
            var chain = await api.GetAsync($"/v1/chains/{name}");
            chain.Status.ShouldBe(HttpStatusCode.OK, chain.Text);
            (chain.At("chain"), chain.At("state"), chain.At("head", "latest"), chain.At("finality", "height")).ShouldBe(($"eip155:{scene.Lane.Source}", "up", "50", "40"));
            chain.At("contracts", "bridge").ShouldBe(Scene.Someone(2).ToString());
        }
        (await api.GetAsync("/v1/chains/mars")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_pause_a_halt_and_a_watcher_that_looks_away_change_the_chains_state()
    {
        var scene = await PlayAsync();
        var path = $"/v1/chains/{scene.Lane.Source}";

        await api.Store.ExecuteAsync($"UPDATE chain SET seen_at = now() - interval '10 minutes' WHERE chain_id = {scene.Lane.Source}");
        (await ShownAsync(path)).ShouldBe("degraded");
        await api.Store.Halts.HaltAsync(scene.Lane, "TEST", "somebody pulled the cord", default);
        (await ShownAsync(path)).ShouldBe("halted");
        await SaveAsync(scene.Lane.Source, scene.Lane.Destination, pausedUntil: Now.AddHours(1));
        (await ShownAsync(path)).ShouldBe("paused");
        (await ShownAsync($"/v1/lanes/{scene.Lane.Source}:{scene.Lane.Destination}")).ShouldBe("halted");
        (await ShownAsync($"/v1/lanes/{scene.Lane.Destination}:{scene.Lane.Source}")).ShouldBe("paused");
    }

    [Fact]
    public async Task An_asset_names_what_it_is_on_every_chain_and_so_does_the_token_list()
    {
        var scene = await PlayAsync();

        var asset = (await api.GetAsync("/v1/assets")).Json.GetProperty("assets").EnumerateArray().Single(a => a.GetProperty("assetId").GetString() == "1");
        var here = asset.GetProperty("representations").EnumerateArray().Single(r => r.GetProperty("chain").GetString() == $"eip155:{scene.Lane.Source}");
        (here.GetProperty("mode").GetString(), here.GetProperty("locked").GetString()).ShouldBe(("lock", "700"));
        here.GetProperty("asset").GetString().ShouldBe($"eip155:{scene.Lane.Source}/erc20:{Scene.Someone(100)}");

        var token = (await api.GetAsync("/v1/tokenlist.json")).Json.GetProperty("tokens").EnumerateArray()
            .Single(t => t.GetProperty("chainId").GetUInt64() == scene.Lane.Source.Value);
        token.GetProperty("extensions").GetProperty("bridgeInfo").GetProperty($"{scene.Lane.Destination}").GetProperty("tokenAddress").GetString().ShouldBe(Scene.Someone(101).ToString());
    }

    [Fact]
    public async Task A_lane_shows_the_lesser_headroom_of_both_ends_the_hold_and_the_fees()
    {
        var scene = await PlayAsync();

        var asset = await LaneAssetAsync(scene, lane => lane.GetProperty("state").GetString().ShouldBe("open"));

        string? At(params string[] path) => path.Aggregate(asset, (element, name) => element.GetProperty(name)).ToString();
        (At("headroom"), At("max"), At("min"), At("canSend")).ShouldBe(("300", "1000", "10", "True"));
        (At("send", "available"), At("send", "capacity")).ShouldBe(("300", "5000"));
        (At("deliver", "available"), At("deliver", "capacity"), At("deliver", "refillPerSecond")).ShouldBe(("400", "1000", "10"));
        DateTimeOffset.Parse(At("deliver", "fullAt")!, null).ShouldBe(DateTimeOffset.Parse(At("asOf")!, null).AddSeconds(60), TimeSpan.FromMilliseconds(1));
        (At("hold", "largeTransferThreshold"), At("hold", "holdSeconds")).ShouldBe(("800", "3600"));
        (At("fees", "transferTo"), At("fees", "callPerGas")).ShouldBe(("12", "3"));
    }

    [Fact]
    public async Task An_asset_without_a_minimum_fee_and_a_paused_one_cannot_be_sent_and_say_why()
    {
        var scene = await PlayAsync();
        await SaveAsync(scene.Lane.Source, scene.Lane.Destination, assetPausedUntil: Now.AddHours(1));
        var paused = await LaneAssetAsync(scene);
        (paused.GetProperty("canSend").GetBoolean(), paused.GetProperty("reason").GetString()!).ShouldBe((false, paused.GetProperty("reason").GetString()!));
        paused.GetProperty("reason").GetString()!.ShouldContain("Paused");

        await SaveAsync(scene.Lane.Source, scene.Lane.Destination, withFee: false);
        await Task.Delay(1200); // Longer than the directory is kept.
        var unpriced = await LaneAssetAsync(scene);
        unpriced.GetProperty("canSend").GetBoolean().ShouldBeFalse();
        unpriced.GetProperty("reason").GetString()!.ShouldContain("minimum fee");
    }

    [Fact]
    public async Task The_time_to_arrive_is_measured_from_what_arrived()
    {
        var scene = await PlayAsync(sent: 3);
        await scene.CertifyAsync(3);
        await scene.ReadDestinationAsync(30, [scene.Delivery(1, 3, 30)]);
        await scene.FinalizeDestinationAsync(30);

        JsonElement? eta = null;
        for (var tries = 0; tries < 40 && eta is null; tries++, await Task.Delay(1000))
            if ((await api.GetAsync($"/v1/lanes/{scene.Lane.Source}:{scene.Lane.Destination}")).Json.TryGetProperty("eta", out var shown)) eta = shown;

        // Sent in blocks 1 to 3 and paid in block 30, one second a block.
        (eta!.Value.GetProperty("p50Seconds").GetDouble(), eta.Value.GetProperty("p95Seconds").GetDouble()).ShouldBe((28, 29));
        eta.Value.GetProperty("basis").GetString().ShouldBe("last 3 transfers");
    }

    [Theory]
    [InlineData("1:2:3", HttpStatusCode.BadRequest)]
    [InlineData("1", HttpStatusCode.BadRequest)]
    [InlineData("0:1", HttpStatusCode.BadRequest)]
    [InlineData("-1:2", HttpStatusCode.BadRequest)]
    [InlineData("1:1e3", HttpStatusCode.BadRequest)]
    [InlineData("18446744073709551615:1", HttpStatusCode.BadRequest)]
    [InlineData("987654321:1", HttpStatusCode.NotFound)]
    public async Task A_lane_that_is_malformed_or_not_served_is_refused(string lane, HttpStatusCode status) =>
        (await api.GetAsync($"/v1/lanes/{lane}")).Status.ShouldBe(status);

    [Fact]
    public async Task Both_forms_of_a_chain_name_the_lane()
    {
        var scene = await PlayAsync();
        foreach (var lane in new[] { $"{scene.Lane.Source}:{scene.Lane.Destination}", $"{scene.Lane.Source}-{scene.Lane.Destination}", $"eip155:{scene.Lane.Source}:eip155:{scene.Lane.Destination}" })
            (await api.GetAsync($"/v1/lanes/{lane}")).At("lane").ShouldBe($"{scene.Lane.Source}:{scene.Lane.Destination}");
    }

    private async Task<Scene> PlayAsync(int sent = 1)
    {
        var scene = await api.SceneAsync(sent);
        await SaveAsync(scene.Lane.Source, scene.Lane.Destination);
        await SaveAsync(scene.Lane.Destination, scene.Lane.Source);
        await api.Store.Directory.SaveLaneAsync(new Lane(scene.Lane.Destination, scene.Lane.Source), Scene.Hash(scene.Lane.Source.Value, 77), default);
        await Task.Delay(1200); // Longer than the directory is kept.
        return scene;
    }

    private Task SaveAsync(ChainId chain, ChainId other, DateTimeOffset? pausedUntil = null, DateTimeOffset? assetPausedUntil = null, bool withFee = true) =>
        api.Store.Get<MirrorStore>().SaveAsync(new ChainMirror(
            chain, $"chain-{chain}", Scene.Someone(2), Scene.Someone(3), "finalized", "eip1559", 50, Now, 40, Now.AddSeconds(-10), pausedUntil,
            [new LaneEnd(other, true, null)],
            [new AssetMirrored(new AssetId(1), 700, new TokenBucket(1000, 400, 100), new TokenBucket(5000, 300, 50), new Hold(800, 3600), assetPausedUntil)],
            withFee ? [new LaneFee(other, new AssetId(1), 10, 12, 20, 3, 4)] : []), default);

    private async Task<string?> ShownAsync(string path)
    {
        await Task.Delay(1200); // Longer than the directory is kept.
        var answer = await api.GetAsync(path);
        answer.At("reason").ShouldNotBeNullOrWhiteSpace();
        return answer.At("state");
    }

    private async Task<JsonElement> LaneAssetAsync(Scene scene, Action<JsonElement>? check = null)
    {
        await Task.Delay(1200); // Longer than the directory is kept.
        var lane = (await api.GetAsync($"/v1/lanes/{scene.Lane.Source}:{scene.Lane.Destination}")).Json;
        check?.Invoke(lane);
        return lane.GetProperty("assets").EnumerateArray().Single();
    }
}
