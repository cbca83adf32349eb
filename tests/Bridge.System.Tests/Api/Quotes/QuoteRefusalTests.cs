using System.Net;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api.Quotes;

/// <summary>What a quote refuses, by the API's process with its own login. What a relayer would have read is written by hand.</summary>
public sealed class QuoteRefusalTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static int _scenes;

    private readonly string _from = Scene.Someone(41).ToString();

    [Fact]
    public async Task Abuse_05_unknown_and_equal_chains_unlisted_tokens_and_paused_lanes_are_refused_each_with_its_code()
    {
        var lane = await LaneAsync();
        (await QuoteAsync(lane)).Status.ShouldBe(HttpStatusCode.OK);

        (await QuoteAsync(lane with { Destination = lane.Source })).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        (await QuoteAsync(lane with { Destination = new ChainId(999_999) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "UNSUPPORTED_CHAIN");
        (await QuoteAsync(lane, asset: "77")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "UNSUPPORTED_ASSET");
        (await QuoteAsync(lane, asset: Scene.Someone(12345).ToString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "UNSUPPORTED_ASSET");
        foreach (var chain in new[] { "0", "-1", "mars", "eip155:", "eip156:1", "1.5", "0x1", "99999999999999999999" })
            (await PostAsync(new { source = new { chain, asset = "1", from = _from }, destination = new { chain = lane.Destination.ToString() }, amount = "1000000" })).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

        var paused = await LaneAsync(route => route with { PausedUntil = DateTimeOffset.UtcNow.AddHours(1) });
        var refusal = await QuoteAsync(paused);
        refusal.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "LANE_PAUSED");
        refusal.At("availableAt").ShouldNotBeNullOrEmpty();
        await api.Store.Halts.HaltAsync(lane, "TEST", "somebody has to look at it", default);
        (await QuoteAsync(lane)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "LANE_PAUSED");
    }

    [Fact]
    public async Task A_full_bucket_says_when_it_frees_and_what_passes_now()
    {
        var lane = await LaneAsync(route => route with { OutboundCapacity = 100_000_000, OutboundPeriod = 3600, OutboundAvailable = 10_000_000 });

        var refusal = await QuoteAsync(lane, amount: "50000000");

        refusal.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "LIMIT_EXCEEDED");
        var at = DateTimeOffset.Parse(refusal.At("availableAt")!, System.Globalization.CultureInfo.InvariantCulture);
        at.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(22), DateTimeOffset.UtcNow.AddMinutes(25), "forty more of a hundred millions an hour: 24 minutes");
        (await QuoteAsync(lane, amount: "9000000")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_has_not_been_read_for_long_is_not_promised()
    {
        var lane = await LaneAsync();
        await api.Store.ExecuteAsync($"UPDATE chain_state SET read_at = now() - interval '5 minutes' WHERE chain_id = {lane.Destination}");

        (await QuoteAsync(lane)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "CHAIN_UNAVAILABLE");
    }

    [Fact]
    public async Task When_gas_is_dear_there_is_a_cheaper_way_that_waits_and_the_preference_decides()
    {
        var lane = await LaneAsync(route => route with { DestinationCoin = 2_500_000_000 }, gas: 100_000_000_000);

        var cheapest = (await QuoteAsync(lane, amount: "500000000")).Json.GetProperty("routes");
        var fastest = (await QuoteAsync(lane, amount: "500000000", preference: "fastest")).Json.GetProperty("routes");

        cheapest.EnumerateArray().Select(route => route.GetProperty("routeId").GetString()).ShouldBe(["direct-batch", "direct"]);
        fastest.EnumerateArray().Select(route => route.GetProperty("routeId").GetString()).ShouldBe(["direct", "direct-batch"]);
        // 113,000 gas at 100 gwei are 0.0113 coins, which are 28.25 dollars; and a tenth.
        fastest[0].GetProperty("total").GetProperty("amount").GetString().ShouldBe("31075000");
    }

    [Fact]
    public async Task Without_a_direct_way_there_is_one_through_another_chain()
    {
        var (first, second) = (await LaneAsync(), await LaneAsync());
        var lane = new Lane(first.Source, second.Destination);
        // One chain is the end of the first lane and the beginning of the second.
        await WriteAsync(new Lane(first.Destination, second.Destination));
        await WriteAsync(lane, route => route with { IsOpen = false });

        var quote = (await QuoteAsync(lane)).Json;

        quote.GetProperty("routes").EnumerateArray().Select(route => route.GetProperty("routeId").GetString()).ShouldBe([$"hub-{first.Destination}"]);
        quote.GetProperty("routes")[0].GetProperty("legs").GetArrayLength().ShouldBe(2);
        quote.GetProperty("rejected")[0].GetProperty("code").GetString().ShouldBe("UNSUPPORTED_LANE");
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e9")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("340282366920938463463374607431768211456")]
    [InlineData("１")]
    public async Task An_amount_is_written_in_one_way_only(string amount) => (await QuoteAsync(await LaneAsync(), amount: amount)).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

    [Fact]
    public async Task An_amount_as_a_number_an_unknown_member_and_one_given_twice_are_refused()
    {
        foreach (var body in new[] { "{\"amount\":1000000}", "{\"amount\":\"1\",\"fee\":\"0\"}", "{\"amount\":\"1\",\"amount\":\"2\"}", "[]", "null", "" })
            (await new Asking(api.Url).SendAsync(HttpMethod.Post, "/v1/quotes", body, [])).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
    }

    private Task<Answer> PostAsync(object body) => new Asking(api.Url).PostAsync("/v1/quotes", body);

    private Task<Answer> QuoteAsync(Lane lane, string asset = "1", string amount = "5000000", string preference = "cheapest") => PostAsync(new
    {
        source = new { chain = $"eip155:{lane.Source}", asset, from = _from }, destination = new { chain = lane.Destination.ToString(), recipient = _from }, amount, preference,
    });

    private async Task<Lane> LaneAsync(Func<RouteRow, RouteRow>? change = null, UInt128? gas = null)
    {
        var number = 700_000 + ((ulong)Interlocked.Increment(ref _scenes) * 2);
        var lane = new Lane(new ChainId(number), new ChainId(number + 1));
        await WriteAsync(lane, change, gas);
        return lane;
    }

    private async Task WriteAsync(Lane lane, Func<RouteRow, RouteRow>? change = null, UInt128? gas = null)
    {
        var oracle = api.Store.Get<OracleStore>();
        await api.Store.Directory.SaveLaneAsync(lane, Scene.Hash(lane.Source.Value, lane.Destination.Value), default);
        foreach (var chain in new[] { lane.Source, lane.Destination })
            await oracle.SaveChainAsync(
                new ChainStateRow { ChainId = chain, Bridge = Scene.Someone(1), BaseFee = gas ?? 1_000_000, PriorityFee = 0, DataFee = 0, Height = 1, BlockTime = DateTimeOffset.UtcNow, ReadAt = default }, default);
        await api.Store.Directory.SaveAssetsAsync(
            [new AssetRow(lane.Source, new AssetId(1), Scene.Someone(100), "lock", "TKN", 6), new AssetRow(lane.Destination, new AssetId(1), Scene.Someone(101), "mint", "bTKN", 6)], default);
        var route = new RouteRow
        {
            SourceChain = lane.Source, DestinationChain = lane.Destination, AssetId = new AssetId(1), IsOpen = true, FeeTransfer = 1000, FeeTransferTo = 1000, FeeCallBase = 1000, FeeCallPerGas = 1,
            FeeCallPerByte = 1, OutboundCapacity = 0, OutboundPeriod = 0, OutboundAvailable = 0, InboundCapacity = 1_000_000_000, InboundPeriod = 3600, InboundAvailable = 1_000_000_000, HoldThreshold = 0,
            HoldSeconds = 0, ReadAt = default,
        };
        await WriteAsync(change?.Invoke(route) ?? route);
    }

    /// <summary>What watchers and the oracle would have written down for the route to come out so.</summary>
    private async Task WriteAsync(RouteRow route)
    {
        var (source, destination) = (route.SourceChain, route.DestinationChain);
        var outbound = route.OutboundCapacity > 0 ? $"{route.OutboundCapacity}, {route.OutboundAvailable}, {route.OutboundPeriod}" : "NULL, NULL, NULL";
        var until = route.PausedUntil is { } end ? $"'{end:O}'" : "NULL";
        await api.Store.ExecuteAsync($"DELETE FROM minimum_fee WHERE source_chain = {source} AND destination_chain = {destination}");
        if (route.IsOpen)
            await api.Store.ExecuteAsync($"INSERT INTO minimum_fee VALUES ({source}, {destination}, 1, {route.FeeTransfer}, {route.FeeTransferTo}, {route.FeeCallBase}, {route.FeeCallPerGas}, {route.FeeCallPerByte})");
        await api.Store.ExecuteAsync(
            $"""
            INSERT INTO asset_limit (chain_id, asset_id, locked, inbound_capacity, inbound_available, inbound_period, outbound_capacity, outbound_available, outbound_period, paused_until)
            VALUES ({source}, 1, 1000000000000, 0, 0, 0, {outbound}, {until}), ({destination}, 1, 1000000000000, {route.InboundCapacity}, {route.InboundAvailable}, {route.InboundPeriod}, NULL, NULL, NULL, NULL)
            ON CONFLICT (chain_id, asset_id) DO UPDATE SET
                inbound_capacity = GREATEST(asset_limit.inbound_capacity, excluded.inbound_capacity), inbound_available = GREATEST(asset_limit.inbound_available, excluded.inbound_available),
                inbound_period = GREATEST(asset_limit.inbound_period, excluded.inbound_period)
            """);
        if (route.DestinationCoin is { } units) await api.Store.Get<OracleStore>().SavePricesAsync(destination, new Dictionary<AssetId, UInt128> { [new AssetId(1)] = units }, default);
    }
}
