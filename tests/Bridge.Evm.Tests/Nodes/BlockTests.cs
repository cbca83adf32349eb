using Bridge.Core;

namespace Bridge.Evm.Tests;

[Collection("anvil")]
public sealed class BlockTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>The same wrong hash from every liar that uses it.</summary>
    private static Middleman Liar() => Middleman.Altering("eth_getBlockByNumber", block => block["hash"] = $"0x{new string('e', 64)}");

    [Fact]
    public async Task One_endpoint_of_one_is_enough_for_everything()
    {
        await anvil.MineAsync(5);
        var chain = anvil.Client(1, new Middleman());
        await chain.ConnectAsync(None);
        var height = await anvil.HeightAsync();
        var head = await chain.HeadAsync(None);
        head.Height.ShouldBe(height);
        head.GasLimit.ShouldBe(30_000_000ul);
        (await chain.FinalAsync(new FinalityPolicy(FinalityTag.Depth, 3), None)).Height.ShouldBe(height - 3);
        (await chain.FinalAsync(new FinalityPolicy(FinalityTag.Safe), None)).Height.ShouldBe(height - 1);
        (await chain.FinalAsync(new FinalityPolicy(FinalityTag.Finalized), None)).Height.ShouldBe(height - 2);
        (await chain.BlockAsync(height, None)).ShouldBe(head);
        var blocks = await chain.BlocksAsync(height - 4, height, None);
        blocks.Count.ShouldBe(5);
        blocks[4].ShouldBe(head);
        blocks[4].Parent.ShouldBe(blocks[3].Hash);
    }

    [Fact]
    public async Task An_endpoint_of_another_chain_is_named_with_both_ids()
    {
        var chain = anvil.Client(2, new Middleman(), Middleman.Replying("eth_chainId", "0xa"), new Middleman());
        var wrong = await Should.ThrowAsync<WrongChainException>(() => chain.ConnectAsync(None));
        wrong.Message.ShouldBe("http://node1.test:80 serves chain 10, not chain 31337. Correct the endpoint or the chain id in the configuration.");
        (wrong.Expected, wrong.Actual).ShouldBe((Anvil.Chain, new ChainId(10)));
    }

    [Fact]
    public async Task An_endpoint_of_another_chain_does_not_count_even_without_connecting_first()
    {
        var chain = anvil.Client(2, new Middleman(), Middleman.Replying("eth_chainId", "0xa"));
        (await Should.ThrowAsync<EndpointQuorumException>(() => chain.HeadAsync(None))).Message.ShouldContain("serves chain 10");
    }

    [Fact]
    public async Task An_unreachable_endpoint_does_not_stop_the_start_while_a_quorum_answers()
    {
        var down = new Middleman { Answer = _ => throw new HttpRequestException("connection refused") };
        await anvil.Client(2, new Middleman(), down, new Middleman()).ConnectAsync(None);
        var refused = await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, new Middleman(), down).ConnectAsync(None));
        refused.Message.ShouldContain("chain id: 1 of 2 endpoints agreed, 2 are needed");
        refused.Message.ShouldContain("connection refused");
    }

    [Fact]
    public async Task A_single_liar_about_a_block_is_outvoted()
    {
        await anvil.MineAsync(3);
        var chain = anvil.Client(2, Liar(), new Middleman(), new Middleman());
        var honest = await anvil.Client(1, new Middleman()).HeadAsync(None);
        (await chain.BlockAsync(honest.Height, None)).ShouldBe(honest);
        (await chain.HeadAsync(None)).ShouldBe(honest);
        (await chain.FinalAsync(new FinalityPolicy(FinalityTag.Finalized), None)).Hash.ShouldNotBe(Hash32.Parse($"0x{new string('e', 64)}"));
        (await chain.BlocksAsync(honest.Height, honest.Height, None)).Single().ShouldBe(honest);
    }

    [Theory]
    [InlineData("parentHash", "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee")]
    [InlineData("timestamp", "0x1")]
    [InlineData("baseFeePerGas", "0x1234")]
    [InlineData("gasLimit", "0x1234")]
    public async Task A_lie_about_any_field_of_a_block_is_a_disagreement(string field, string value)
    {
        await anvil.MineAsync();
        var chain = anvil.Client(2, Middleman.Altering("eth_getBlockByNumber", block => block[field] = value), new Middleman());
        await Should.ThrowAsync<EndpointQuorumException>(async () => await chain.BlockAsync(await anvil.HeightAsync(), None));
    }

    [Fact]
    public async Task Without_a_quorum_nothing_is_final_and_the_error_says_who_said_what()
    {
        await anvil.MineAsync(3);
        var chain = anvil.Client(2, Liar(), new Middleman());
        var failure = await Should.ThrowAsync<EndpointQuorumException>(() => chain.FinalAsync(new FinalityPolicy(FinalityTag.Finalized), None));
        failure.Agreed.ShouldBe(1);
        failure.Quorum.ShouldBe(2);
        failure.Answers.Count.ShouldBe(2);
        failure.Message.ShouldContain("1 of 2 endpoints agreed, 2 are needed");
        failure.Message.ShouldContain("http://node0.test:80 said");
        failure.Message.ShouldContain("eeeeeeee");
        failure.Message.ShouldNotContain("secret-key");
    }

    [Fact]
    public async Task An_endpoint_that_lags_holds_nobody_back_while_a_quorum_is_ahead()
    {
        await anvil.MineAsync(5);
        var height = await anvil.HeightAsync();
        var chain = anvil.Client(2, Middleman.Lagging(height - 4, TimeSpan.FromMilliseconds(50)), new Middleman(), new Middleman());
        (await chain.HeadAsync(None)).Height.ShouldBe(height);
        var slow = anvil.Client(2, Middleman.Lagging(height - 4), new Middleman());
        (await slow.HeadAsync(None)).Height.ShouldBe(height - 4);
        slow.Health[0].LastHeight.ShouldBe(height - 4);
    }

    [Fact]
    public async Task A_height_that_only_a_liar_has_is_not_the_head()
    {
        await anvil.MineAsync(2);
        var ahead = Middleman.Altering("eth_getBlockByNumber", block => block["number"] = "0xffffff");
        (await anvil.Client(2, ahead, new Middleman(), new Middleman()).HeadAsync(None)).Height.ShouldBe(await anvil.HeightAsync());
        (await anvil.Client(2, ahead, Middleman.Lagging(await anvil.HeightAsync() - 1), new Middleman()).HeadAsync(None)).Height.ShouldBe(await anvil.HeightAsync() - 1);
    }

    [Fact]
    public async Task A_stalled_endpoint_costs_no_time_while_a_quorum_answers()
    {
        await anvil.MineAsync();
        var stalled = new Middleman { Delay = TimeSpan.FromSeconds(60) };
        var chain = anvil.Client(2, stalled, new Middleman(), new Middleman());
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await chain.HeadAsync(None);
        await chain.BlockAsync(await anvil.HeightAsync(), None);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_block_that_does_not_exist_is_not_an_empty_answer()
    {
        var chain = anvil.Client(1, new Middleman());
        var missing = await Should.ThrowAsync<EndpointQuorumException>(() => chain.BlockAsync(1_000_000, None));
        missing.Message.ShouldContain("NotFound");
        await Should.ThrowAsync<EndpointQuorumException>(async () => await chain.BlocksAsync(await anvil.HeightAsync(), await anvil.HeightAsync() + 1, None));
    }

    [Fact]
    public async Task Blocks_that_are_not_each_others_parents_are_refused()
    {
        await anvil.MineAsync(3);
        var broken = Middleman.Altering("eth_getBlockByNumber", block => block["parentHash"] = $"0x{new string('a', 64)}");
        var height = await anvil.HeightAsync();
        var refused = await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(1, broken).BlocksAsync(height - 1, height, None));
        refused.Message.ShouldContain($"block {height} is not the child of block {height - 1}");
    }

    [Fact]
    public async Task A_reply_for_another_height_is_refused()
    {
        await anvil.MineAsync();
        var chain = anvil.Client(1, Middleman.Altering("eth_getBlockByNumber", block => block["number"] = "0x1234567"));
        (await Should.ThrowAsync<EndpointQuorumException>(() => chain.BlockAsync(1, None))).Message.ShouldContain("expected block 1");
    }

    [Theory]
    [InlineData("number", "0x01")]
    [InlineData("number", "1")]
    [InlineData("number", "0x")]
    [InlineData("number", "0x10000000000000000")]
    [InlineData("number", "0x-1")]
    [InlineData("hash", "0x12")]
    [InlineData("hash", null)]
    [InlineData("parentHash", "nonsense")]
    [InlineData("timestamp", "0xffffffffffffffff")]
    [InlineData("baseFeePerGas", "0x100000000000000000000000000000000")]
    [InlineData("gasLimit", null)]
    public async Task Quantities_and_hashes_in_a_wrong_form_are_refused(string field, string? value)
    {
        await anvil.MineAsync();
        var chain = anvil.Client(1, Middleman.Altering("eth_getBlockByNumber", block => block[field] = value));
        (await Should.ThrowAsync<EndpointQuorumException>(() => chain.HeadAsync(None))).Message.ShouldContain("InvalidResponse");
    }

    [Fact]
    public void A_quorum_outside_its_range_and_a_doubled_endpoint_are_refused()
    {
        Should.Throw<ArgumentException>(() => anvil.Client(0, new Middleman())).Message.ShouldContain("the quorum of 1 endpoints is 1 to 1, not 0");
        Should.Throw<ArgumentException>(() => anvil.Client(2, new Middleman()));
        var endpoint = new Middleman().Endpoint(anvil.Url, 0, new RpcOptions());
        Should.Throw<ArgumentException>(() => new ChainClient(Anvil.Chain, [endpoint, endpoint], 2)).Message.ShouldContain("listed twice");
    }
}
