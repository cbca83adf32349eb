using Bridge.Core;

namespace Bridge.Evm.Tests;

[Collection("anvil")]
public sealed class CallTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Data = [1, 2, 3];

    private static Middleman Liar() => Middleman.Replying("eth_call", "0xdead");

    [Fact]
    public async Task State_at_a_height_is_what_a_quorum_says()
    {
        var height = await anvil.HeightAsync();
        (await anvil.Client(2, Liar(), new Middleman(), new Middleman()).CallAsync(Anvil.Echo, Data, height, None)).ShouldBe(Data);
        var failure = await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, Liar(), new Middleman()).CallAsync(Anvil.Echo, Data, height, None));
        failure.Message.ShouldContain("0xdead");
        failure.Message.ShouldContain("0x010203");
    }

    [Fact]
    public async Task The_latest_state_is_asked_of_one_endpoint_and_of_the_next_when_it_fails()
    {
        var (first, second) = (new Middleman { Answer = _ => Middleman.Text("gone", System.Net.HttpStatusCode.NotFound) }, new Middleman());
        var chain = anvil.Client(2, first, second);
        (await chain.CallAsync(Anvil.Echo, Data, null, None)).ShouldBe(Data);
        var asked = first.Requests;
        (await chain.CallAsync(Anvil.Echo, Data, null, None)).ShouldBe(Data);
        first.Requests.ShouldBe(asked);
        chain.Health[0].LastError!.ShouldContain("HTTP status 404");
        (chain.Health[0].IsHealthy, chain.Health[1].IsHealthy).ShouldBe((false, true));
    }

    [Fact]
    public async Task An_agreed_revert_is_a_revert_with_its_data_in_words()
    {
        var data = new AbiFunction("WrongEpoch(uint64,uint64)").Encode(3ul, 4ul);
        foreach (var height in new ulong?[] { null, await anvil.HeightAsync() })
        {
            var revert = await Should.ThrowAsync<RpcException>(() => anvil.Client(2, new Middleman(), new Middleman()).CallAsync(Anvil.Reverter, data, height, None));
            revert.Kind.ShouldBe(RpcErrorKind.Reverted);
            revert.Data.ShouldBe(Hex.Format(data));
            revert.Message.ShouldContain("[WrongEpoch(3, 4)]");
            BridgeErrors.TryName(Hex.Parse(revert.Data!)).ShouldBe("WrongEpoch");
        }
    }

    [Fact]
    public async Task A_revert_that_only_one_endpoint_claims_is_a_disagreement()
    {
        var liar = Middleman.Failing("eth_call", 3, "execution reverted");
        var height = await anvil.HeightAsync();
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, liar, new Middleman()).CallAsync(Anvil.Echo, Data, height, None));
    }

    [Fact]
    public async Task An_address_without_a_contract_is_told_apart_from_an_empty_lane()
    {
        var bridge = new BridgeContract(anvil.Client(1, new Middleman()), Address.Parse("0x2000000000000000000000000000000000000002"));
        (await Should.ThrowAsync<AbiException>(() => bridge.OutboundAsync(new ChainId(1), null, None))).Message.ShouldContain("is there a contract at that address");
    }

    [Fact]
    public async Task Gas_nonces_balances_and_fees_are_read()
    {
        await anvil.MineAsync();
        using var rich = LocalSigner.FromPrivateKey(Anvil.RichKey);
        var chain = anvil.Client(2, new Middleman(), new Middleman(), Middleman.Replying("eth_maxPriorityFeePerGas", "0xffffffffffffffff"));
        (await chain.EstimateGasAsync(rich.Address, Anvil.Logger, new byte[32], None)).ShouldBeInRange(21_000ul, 60_000ul);
        (await chain.BalanceAsync(rich.Address, None)).ShouldBeGreaterThan(UInt128.Parse("1000000000000000000000"));
        (await chain.SuggestedPriorityFeeAsync(None)).ShouldBeInRange((UInt128)0, (UInt128)10_000_000_000);
        var nonce = await chain.NonceAsync(rich.Address, pending: false, None);
        await anvil.AdminAsync("eth_sendTransaction", new { from = rich.Address.ToString(), to = Anvil.Logger.ToString(), data = Hex.Format(new byte[32]) });
        (await chain.NonceAsync(rich.Address, pending: false, None)).ShouldBe(nonce);
        (await chain.NonceAsync(rich.Address, pending: true, None)).ShouldBe(nonce + 1);
        var revert = await Should.ThrowAsync<RpcException>(() => chain.EstimateGasAsync(rich.Address, Anvil.Reverter, [1], None));
        revert.Kind.ShouldBe(RpcErrorKind.Reverted);
        await anvil.MineAsync();
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_overrides_is_asked_on_top_of_what_it_holds_as_pending()
    {
        var asked = new List<string>();
        var old = new Middleman
        {
            Rewrite = call => { if ((string)call["method"]! == "eth_estimateGas") asked.Add(call["params"]!.ToJsonString()); },
            Alter = (method, reply) => method == "eth_estimateGas" && asked[^1].Contains("stateDiff", StringComparison.Ordinal) ? Middleman.Error(reply, -32602, "too many arguments, want at most 2") : reply,
        };
        var gas = await anvil.Client(1, old).EstimateGasAsync(Anvil.Logger, Anvil.Logger, new byte[32], new AssumedWord(Anvil.Logger, default, default), None);
        gas.ShouldBeInRange(21_000ul, 60_000ul);
        asked.Count.ShouldBe(2);
        asked[1].ShouldContain("\"pending\"");
    }

    [Fact]
    public async Task A_nonce_that_one_endpoint_makes_up_is_not_used()
    {
        using var rich = LocalSigner.FromPrivateKey(Anvil.RichKey);
        var liar = Middleman.Replying("eth_getTransactionCount", "0xffff");
        var honest = await anvil.Client(1, new Middleman()).NonceAsync(rich.Address, pending: true, None);
        (await anvil.Client(2, liar, new Middleman(), new Middleman()).NonceAsync(rich.Address, pending: true, None)).ShouldBe(honest);
    }

    [Fact]
    public async Task Cancelling_stops_a_question_at_once()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var stalled = new Middleman { Delay = TimeSpan.FromSeconds(60) };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Should.ThrowAsync<OperationCanceledException>(() => anvil.Client(1, stalled).HeadAsync(soon.Token));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }
}
