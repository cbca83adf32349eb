using System.Text.Json;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What the API says of limits is what the contracts say: the watchers wrote it down, the API has no endpoint.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class MirrorTests(InMemoryWorld running)
{
    private static readonly UInt128 Half = 500_000_000_000_000_000;

    private World World => running.World;

    [Fact]
    public async Task Chains_assets_and_limits_are_the_contracts_own_before_anything_was_ever_sent()
    {
        var lane = await LaneAsync(lane => lane.GetProperty("assets").GetArrayLength() > 0);

        lane.GetProperty("state").GetString().ShouldBe("open");
        var asset = lane.GetProperty("assets")[0];
        asset.GetProperty("deliver").GetProperty("capacity").GetString()!.Length.ShouldBeInRange(18, 19, "10^18, rounded down by less than a part in 2^39");
        asset.GetProperty("canSend").GetBoolean().ShouldBeTrue();
        asset.GetProperty("fees").GetProperty("transfer").GetString().ShouldNotBeNullOrEmpty();
        var chain = (await World.Api.GetAsync("v1/chains/home"))!.Value;
        chain.GetProperty("contracts").GetProperty("bridge").GetString().ShouldBe(World.Contracts.Bridge.ToString());
        chain.GetProperty("contracts").GetProperty("gateway").GetString().ShouldNotBe("0x0000000000000000000000000000000000000000");
    }

    [Fact]
    public async Task What_was_delivered_is_missing_from_the_headroom_until_the_bucket_fills_again()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(Half);

        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, Half, 10_000));

        // Of a bucket of 10^18 that fills within an hour.
        var after = await LaneAsync(lane => UInt128.Parse(lane.GetProperty("assets")[0].GetProperty("deliver").GetProperty("available").GetString()!, null) < 9 * Half / 5);
        after.GetProperty("assets")[0].GetProperty("deliver").TryGetProperty("fullAt", out _).ShouldBeTrue();
    }

    private async Task<JsonElement> LaneAsync(Func<JsonElement, bool> settled)
    {
        JsonElement? found = null;
        await Eventually.TrueAsync("the lane to be mirrored", async () =>
        {
            found = await World.Api.GetAsync($"v1/lanes/{World.Home.Id}:{World.Far.Id}");
            return found is { } lane && settled(lane);
        }, World.Explain);
        return found!.Value;
    }
}
