using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Endpoints that contradict the others: how that shows, and that they count no longer while the quorum stays what it is.</summary>
[Collection("anvil")]
public sealed class LiarTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Data = [1, 2, 3];

    private async Task<ulong> FinalAsync(ChainClient chain)
    {
        await anvil.MineAsync(4);
        return (await chain.FinalAsync(new FinalityPolicy(FinalityTag.Finalized), None)).Height;
    }

    private static Middleman Liar(string says = "0xdead") => Middleman.Replying("eth_call", says);

    [Fact]
    public async Task A_contradiction_about_a_final_block_is_reported_with_both_answers_and_counted()
    {
        var chain = anvil.Client(2, Liar(), new Middleman(), new Middleman());
        var heard = new List<Disagreement>();
        chain.Disagreed += heard.Add;
        var height = await FinalAsync(chain);
        (await chain.CallAsync(Anvil.Echo, Data, height, None)).ShouldBe(Data);
        await Eventually.TrueAsync(() => heard.Count > 0);
        heard[0].ToString().ShouldBe($"chain 31337, call of {Anvil.Echo} at block {height}: http://node0.test:80 said 0xdead, the others 0x010203");
        heard[0].Meaning.ShouldBe(EndpointCondition.Lying);
        chain.Health.Select(h => (h.Condition, h.Disagreements)).ShouldBe([(EndpointCondition.Lying, 1L), (EndpointCondition.Ok, 0L), (EndpointCondition.Ok, 0L)]);
    }

    [Fact]
    public async Task A_slow_liar_is_found_out_too()
    {
        var liar = new Middleman { Delay = TimeSpan.FromMilliseconds(300), Alter = Liar().Alter };
        var chain = anvil.Client(2, liar, new Middleman(), new Middleman());
        var height = await FinalAsync(chain);
        await chain.CallAsync(Anvil.Echo, Data, height, None);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is EndpointCondition.Lying);
    }

    [Fact]
    public async Task Honest_nodes_may_differ_about_a_block_that_is_not_final()
    {
        var chain = anvil.Client(2, Middleman.Altering("eth_getBlockByNumber", Fork), new Middleman(), new Middleman());
        var heard = new List<Disagreement>();
        chain.Disagreed += heard.Add;
        await FinalAsync(chain);
        await chain.BlockAsync(await anvil.HeightAsync(), None);
        await Eventually.TrueAsync(() => heard.Count > 0);
        heard.ShouldAllBe(d => d.Meaning == EndpointCondition.Ok);
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Ok);

        void Fork(System.Text.Json.Nodes.JsonNode block)
        {
            if (Convert.ToUInt64((string)block["number"]!, 16) > 0 && Convert.ToUInt64((string)block["number"]!, 16) == anvil.HeightAsync().Result) block["hash"] = $"0x{new string('e', 64)}";
        }
    }

    [Fact]
    public async Task When_good_endpoints_are_down_liars_and_the_rest_are_no_quorum()
    {
        var isDown = false;
        var good = new Middleman { Answer = _ => isDown ? throw new HttpRequestException("down") : null };
        var lies = true;
        var turncoat = new Middleman { Alter = (method, reply) => lies ? Liar().Alter(method, reply) : reply };
        var chain = anvil.Client(2, new RpcOptions { MaxRetries = 0 }, turncoat, good, new Middleman());
        var height = await FinalAsync(chain);
        await chain.CallAsync(Anvil.Echo, Data, height, None);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is EndpointCondition.Lying);

        (isDown, lies) = (true, false);
        // It tells the truth now, and two of three would agree; but it was caught, and the quorum is two that were not.
        var stopped = await Should.ThrowAsync<EndpointQuorumException>(() => chain.CallAsync(Anvil.Echo, Data, height, None));
        (stopped.Agreed, stopped.Quorum).ShouldBe((1, 2));
        stopped.Message.ShouldContain("not counted before");
        await Should.ThrowAsync<EndpointQuorumException>(() => chain.HeadAsync(None));
    }

    [Fact]
    public async Task A_liar_counts_again_when_it_has_told_the_truth_for_long()
    {
        var clock = new Clock();
        var lies = true;
        var turncoat = new Middleman { Alter = (method, reply) => lies ? Liar().Alter(method, reply) : reply };
        var chain = anvil.Client(2, new RpcOptions(), clock, turncoat, new Middleman(), new Middleman());
        var height = await FinalAsync(chain);
        await chain.CallAsync(Anvil.Echo, Data, height, None);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is EndpointCondition.Lying);
        lies = false;
        clock.Advance(TimeSpan.FromMinutes(11));
        (await anvil.Client(2, new Middleman(), new Middleman()).HeadAsync(None)).ShouldBe(await chain.HeadAsync(None));
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Ok);
    }

    [Fact]
    public async Task Two_liars_that_agree_stop_the_honest_one_or_are_stopped_by_it_but_a_single_one_never_wins()
    {
        var height = await FinalAsync(anvil.Client(1, new Middleman()));
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, Liar("0x01"), Liar("0x02"), new Middleman()).CallAsync(Anvil.Echo, Data, height, None));
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(3, Liar(), Liar(), new Middleman()).CallAsync(Anvil.Echo, Data, height, None));
    }

    [Fact]
    public async Task A_balancer_that_flaps_between_forks_never_has_its_way()
    {
        var fork = new Anvil { Options = ["--fork-url", anvil.Url.ToString()] };
        await anvil.MineAsync(2);
        await fork.InitializeAsync();
        await anvil.MineAsync(3);
        await fork.LogAsync(Anvil.Logger, [9]);
        await fork.MineAsync(4);
        var flapping = new Middleman();
        var chain = anvil.Client(2, flapping, new Middleman());
        var height = await anvil.HeightAsync();
        var truth = await anvil.Client(1, new Middleman()).BlockAsync(height, None);
        var (agreed, refused) = (0, 0);
        for (var i = 0; i < 10; i++)
        {
            flapping.Instead = i % 2 == 0 ? fork.Url : null;
            try
            {
                (await chain.BlockAsync(height, None)).ShouldBe(truth);
                agreed++;
            }
            catch (EndpointQuorumException)
            {
                refused++;
            }
        }
        await fork.DisposeAsync();
        (agreed, refused).ShouldBe((5, 5));
    }
}
