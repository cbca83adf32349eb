using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Endpoints that stand still, forget, or want to be left alone.</summary>
[Collection("anvil")]
public sealed class StaleTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RpcOptions Once = new() { MaxRetries = 0 };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task A_head_that_stands_still_while_others_go_on_does_not_count()
    {
        var clock = new Clock();
        await anvil.MineAsync(3);
        var height = await anvil.HeightAsync();
        var chain = anvil.Client(2, Once, clock, Middleman.Lagging(height - 1), new Middleman());
        (await chain.HeadAsync(None)).Height.ShouldBe(height - 1);
        await HeadAgainAsync(chain);
        clock.Advance(Long);
        await anvil.MineAsync();
        var stalled = await Should.ThrowAsync<EndpointQuorumException>(() => HeadAgainAsync(chain));
        stalled.Message.ShouldContain($"http://node0.test:80: stands at block {height - 1} since before");
        chain.Health.Select(h => h.Condition).ShouldBe([EndpointCondition.Stale, EndpointCondition.Ok]);
    }

    [Fact]
    public async Task Who_lags_but_moves_on_counts()
    {
        var clock = new Clock();
        await anvil.MineAsync(3);
        var height = await anvil.HeightAsync();
        var lag = height - 2;
        var lagging = new Middleman { Rewrite = call => Middleman.Lagging(lag).Rewrite(call), Alter = (method, reply) => Middleman.Lagging(lag).Alter(method, reply) };
        var chain = anvil.Client(2, Once, clock, lagging, new Middleman());
        for (var i = 0; i < 3; i++, lag++, clock.Advance(Long), await anvil.MineAsync()) (await HeadAgainAsync(chain)).Height.ShouldBe(lag);
    }

    [Fact]
    public async Task A_height_that_one_endpoint_claims_makes_nobody_stale_while_the_others_are_a_quorum()
    {
        var clock = new Clock();
        var claimed = 0x1000000;
        var liar = Middleman.Altering("eth_getBlockByNumber", block => block["number"] = $"0x{claimed++:x}");
        var chain = anvil.Client(2, Once, clock, liar, new Middleman(), new Middleman());
        var height = await anvil.HeightAsync();
        for (var i = 0; i < 3; i++, clock.Advance(Long)) (await HeadAgainAsync(chain)).Height.ShouldBe(height);
        chain.Health.Skip(1).ShouldAllBe(h => h.Condition == EndpointCondition.Ok);
    }

    [Fact]
    public async Task A_chain_that_stands_still_makes_nobody_stale()
    {
        var clock = new Clock();
        var chain = anvil.Client(2, Once, clock, new Middleman(), new Middleman());
        for (var i = 0; i < 3; i++, clock.Advance(Long)) await HeadAgainAsync(chain);
        chain.Health.ShouldAllBe(h => h.Condition == EndpointCondition.Ok);
    }

    [Fact]
    public async Task A_pruned_node_answers_as_if_there_had_been_nothing()
    {
        var keeper = new Anvil { Options = ["--transaction-block-keeper", "5"] };
        await keeper.InitializeAsync();
        await keeper.LogAsync(Anvil.Logger, [1]);
        var height = await keeper.HeightAsync();
        var chain = keeper.Client(1, new Middleman());
        await chain.ConnectAsync(None);
        var log = (await chain.LogsAsync(Anvil.Logger, height, height, None)).Single();
        await keeper.MineAsync(20);
        // No error, no hint: this is what the next test's endpoint imitates, and why the contract's sequence decides.
        (await chain.LogsAsync(Anvil.Logger, height, height + 20, None)).ShouldBeEmpty();
        (await chain.ReceiptAsync(log.Transaction, None)).ShouldBeNull();
        await chain.ConnectAsync(None);
        await keeper.DisposeAsync();
    }

    [Theory]
    [InlineData(true, EndpointCondition.Pruned)]
    [InlineData(false, EndpointCondition.Lying)]
    public async Task Who_has_forgotten_is_told_from_who_leaves_out(bool forgotReceipts, EndpointCondition condition)
    {
        await anvil.LogAsync(Anvil.Logger, [1], [2]);
        var height = await anvil.HeightAsync();
        await anvil.MineAsync(4);
        var silent = new Middleman
        {
            Alter = (method, reply) =>
            {
                if (method == "eth_getLogs") reply["result"] = new System.Text.Json.Nodes.JsonArray();
                if (method == "eth_getTransactionReceipt" && forgotReceipts) reply["result"] = null;
                return reply;
            },
        };
        var chain = anvil.Client(2, silent, new Middleman(), new Middleman());
        await chain.FinalAsync(new FinalityPolicy(FinalityTag.Finalized), None);
        (await chain.LogsAsync(Anvil.Logger, height, height, None)).Count.ShouldBe(2);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is not EndpointCondition.Ok);
        chain.Health[0].Condition.ShouldBe(condition);
        chain.Health[0].Reason!.ShouldContain("said 0 logs");
    }

    [Fact]
    public async Task A_node_that_says_it_is_pruned_is_shown_so()
    {
        var chain = anvil.Client(1, Once, Middleman.Failing("eth_getLogs", 4444, "pruned history unavailable"), new Middleman());
        await chain.LogsAsync(Anvil.Logger, 0, await anvil.HeightAsync(), None);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is EndpointCondition.Pruned);
    }

    [Fact]
    public void A_node_that_takes_seconds_for_a_header_is_slow()
    {
        var memory = new EndpointMemory(new Uri("http://node.test"));
        memory.Succeeded(DateTimeOffset.UtcNow);
        memory.Head(1, TimeSpan.FromSeconds(3));
        memory.Health(DateTimeOffset.UtcNow, null).Condition.ShouldBe(EndpointCondition.Ok);
        for (ulong i = 2; i < 12; i++) memory.Head(i, TimeSpan.FromSeconds(3));
        memory.Health(DateTimeOffset.UtcNow, null).Condition.ShouldBe(EndpointCondition.Slow);
    }

    /// <summary>Asked twice: the first time the endpoints may still learn of each other's heights.</summary>
    private static async Task<BlockHeader> HeadAgainAsync(ChainClient chain)
    {
        await chain.HeadAsync(None);
        return await chain.HeadAsync(None);
    }
}
