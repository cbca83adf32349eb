using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Which chain an endpoint serves is asked on each new connection: behind one address another node may answer next.</summary>
[Collection("anvil")]
public sealed class IdentityTests(Anvil anvil) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RpcOptions Once = new() { MaxRetries = 0 };

    // The same chain id, and a genesis block of its own: it began at another time.
    private readonly Anvil _other = new() { Options = ["--timestamp", "1000000000"] };

    public Task InitializeAsync() => _other.InitializeAsync();

    public Task DisposeAsync() => _other.DisposeAsync();

    [Fact]
    public async Task A_chain_of_the_same_id_that_began_with_another_block_does_not_count()
    {
        var wrong = new Middleman { Instead = _other.Url, Delay = TimeSpan.FromMilliseconds(200) };
        var chain = anvil.Client(2, new Middleman(), new Middleman(), wrong);
        await Should.ThrowAsync<WrongChainException>(() => chain.ConnectAsync(None));
        chain.Health[2].Condition.ShouldBe(EndpointCondition.WrongChain);
        chain.Health[2].Reason!.ShouldContain("that began with block");
        await anvil.Client(2, new Middleman(), new Middleman()).ConnectAsync(None);
    }

    [Fact]
    public async Task Two_endpoints_that_began_differently_are_no_quorum()
    {
        var chain = anvil.Client(2, new Middleman(), new Middleman { Instead = _other.Url });
        (await Should.ThrowAsync<EndpointQuorumException>(() => chain.ConnectAsync(None))).Message.ShouldContain("genesis block");
    }

    [Fact]
    public async Task Whoever_was_asked_before_a_quorum_named_the_genesis_block_is_asked_again()
    {
        var wrong = new Middleman { Instead = _other.Url };
        var slow = TimeSpan.FromMilliseconds(150);
        var chain = anvil.Client(2, wrong, new Middleman { Delay = slow }, new Middleman { Delay = slow });
        await chain.HeadAsync(None);
        await anvil.MineAsync();
        await chain.HeadAsync(None);
        await Eventually.TrueAsync(() => chain.Health[0].Condition is EndpointCondition.WrongChain, async () => await chain.HeadAsync(None));
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("genesis")]
    public async Task An_endpoint_that_comes_back_from_a_failure_as_another_chain_is_refused(string what)
    {
        var fails = false;
        var endpoint = new Middleman
        {
            Answer = _ => fails ? throw new HttpRequestException("reset") : null,
            Alter = (method, reply) =>
            {
                if (what == "chain" && method == "eth_chainId" && Swapped) reply["result"] = "0xa";
                return reply;
            },
        };
        var chain = anvil.Client(1, Once, new Middleman(), endpoint);
        await chain.ConnectAsync(None);
        fails = true;
        await Eventually.TrueAsync(() => chain.Health[1].Condition is EndpointCondition.Down, async () => await chain.HeadAsync(None));
        (fails, Swapped) = (false, true);
        if (what == "genesis") endpoint.Instead = _other.Url;
        await Eventually.TrueAsync(() => chain.Health[1].Condition is EndpointCondition.WrongChain, async () => await chain.HeadAsync(None));
    }

    [Fact]
    public async Task An_endpoint_that_never_failed_is_asked_again_after_a_while()
    {
        var clock = new Clock();
        var endpoint = new Middleman();
        var chain = anvil.Client(1, Once, clock, new Middleman(), endpoint);
        await chain.ConnectAsync(None);
        endpoint.Instead = _other.Url;
        clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.TrueAsync(() => chain.Health[1].Condition is EndpointCondition.WrongChain, async () => await chain.HeadAsync(None));
    }

    private bool Swapped { get; set; }
}
