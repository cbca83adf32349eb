using System.Diagnostics;
using System.Net;
using Bridge.Client;
using Bridge.SystemTests.Api;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Client;

/// <summary>The client against the API's process.</summary>
public sealed class ClientTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task All_pages_are_read_each_transfer_once_while_others_come_in()
    {
        var scene = await Scene.BeginAsync(api.Store);
        for (var height = 1UL; height <= 7; height++) await scene.ReadSourceAsync(height, [scene.Send(height)]);
        var seen = new List<string>();

        await foreach (var transfer in Client().AllTransfersAsync(new TransferFilter { Source = scene.Lane.Source.ToString(), MinAmount = 1000, From = DateTimeOffset.UnixEpoch }, pageSize: 3))
        {
            seen.Add(transfer.TransferId);
            if (seen.Count == 1) await scene.ReadSourceAsync(8, [scene.Send(8)]);
        }

        seen.ShouldBe(scene.Sent.Take(7).Reverse().Select(sent => sent.MessageId.ToString()));
    }

    [Fact]
    public async Task A_transfer_is_followed_to_its_end_over_connections_that_break()
    {
        var scene = await api.SceneAsync(1);
        await using var proxy = TcpProxy.Before(api.Url.Host, api.Url.Port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
        var told = new List<string>();

        await foreach (var change in new BridgeClient(http).FollowTransferAsync(scene.Sent[0].MessageId.ToString()))
        {
            told.Add(change.Data.To);
            if (change.Data.To is "Finalized")
            {
                proxy.Cut();
                await scene.CertifyAsync(1);
            }
            if (change.Data.To is "Certified")
            {
                proxy.Cut();
                await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
                await scene.FinalizeDestinationAsync(1);
            }
        }

        told.ShouldBe(["Observed", "Finalized", "Certified", "Executed", "Delivered"]);
    }

    [Fact]
    public async Task A_connection_that_is_dead_on_the_way_is_found_out_and_made_again()
    {
        var scene = await api.SceneAsync(1);
        await using var proxy = TcpProxy.Before(api.Url.Host, api.Url.Port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
        var client = new BridgeClient(http, new BridgeClientOptions { LongestSilence = TimeSpan.FromSeconds(3) });
        await using var changes = client.FollowTransferAsync(scene.Sent[0].MessageId.ToString()).GetAsyncEnumerator();
        for (var n = 0; n < 2; n++) (await changes.MoveNextAsync()).ShouldBeTrue();

        proxy.Swallows = true;
        await scene.CertifyAsync(1);
        var next = changes.MoveNextAsync().AsTask();
        await Task.Delay(1000);
        next.IsCompleted.ShouldBeFalse("nothing goes through");
        await Task.Delay(2500);
        proxy.Swallows = false;

        (await next.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeTrue();
        changes.Current.Data.To.ShouldBe("Certified");
    }

    [Fact]
    public async Task A_stream_that_breaks_again_and_again_with_nothing_told_ends_with_an_error()
    {
        var scene = await api.SceneAsync(1);
        var proxy = TcpProxy.Before(api.Url.Host, api.Url.Port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
        var client = new BridgeClient(http, new BridgeClientOptions { MaxTries = 2 });
        await using var changes = client.FollowTransferAsync(scene.Sent[0].MessageId.ToString()).GetAsyncEnumerator();
        for (var n = 0; n < 2; n++) await changes.MoveNextAsync();

        await proxy.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(async () => await changes.MoveNextAsync());
    }

    [Fact]
    public async Task An_error_is_told_with_its_code_whether_to_ask_again_and_when()
    {
        var unknown = await Should.ThrowAsync<BridgeApiException>(() => Client().GetTransferAsync(Scene.Hash(4711).ToString()));
        (unknown.Code, unknown.Problem.Status, unknown.Retryable, unknown.RetryAfter).ShouldBe(("TRANSFER_NOT_INDEXED", 404, true, TimeSpan.FromSeconds(2)));
        unknown.Problem.Extensions!.ShouldContainKey("indexedTo");

        var wrong = await Should.ThrowAsync<BridgeApiException>(() => Client().ListTransfersAsync(new TransferFilter { Sender = "alice.eth" }));
        (wrong.Code, wrong.Retryable).ShouldBe(("VALIDATION_FAILED", false));
        wrong.Problem.Errors!["sender"].Single().ShouldContain("alice.eth");
    }

    [Fact]
    public async Task Signatures_and_the_call_that_finishes_a_transfer_are_read()
    {
        var scene = await api.SceneAsync(2);
        await Should.ThrowAsync<BridgeApiException>(() => Client().GetTransferAttestationAsync(scene.Sent[0].MessageId.ToString()));
        await scene.CertifyAsync(2);

        var attestation = await Client().GetTransferAttestationAsync(scene.Sent[0].MessageId.ToString());

        (attestation.Checkpoint.Sequence, attestation.Certificate!.Epoch, attestation.ExecuteCall!.To).ShouldBe((2UL, 1UL, api.Bridge.ToString()));
        attestation.Eip712.Message.Sequence.ShouldBe(2UL);
    }

    [Fact]
    public async Task What_is_there_is_read()
    {
        var scene = await api.SceneAsync(1);
        var id = scene.Sent[0].MessageId.ToString();

        (await Client().ListAssetsAsync()).Assets.ShouldContain(asset => asset.AssetId == "1");
        (await Client().GetTokenListAsync()).Tokens.ShouldNotBeEmpty();
        (await Client().GetLaneAsync($"{scene.Lane.Source}:{scene.Lane.Destination}")).Assets.Single().Decimals.ShouldBe(18);
        (await Client().ListLanesAsync()).Lanes.ShouldContain(lane => lane.LaneId == scene.LaneId.ToString());
        (await Client().SearchAsync(id)).Matches.Single().Type.ShouldBe("transfer");
        (await Client().ListValidatorsAsync()).Sets.SelectMany(set => set.Validators).ShouldNotBeEmpty();
        (await Client().GetStatsAsync()).Sent.ShouldBeGreaterThan(0UL);
        (await Client().GetStatusAsync()).Lanes.ShouldNotBeEmpty();
        (await Client().LiveAsync()).Status.ShouldBe("ok");
        (await Client().ReadyAsync()).Components.ShouldContain(component => component.Component == "database");
        (await Client().GetProblemAsync("RATE_LIMITED")).Retryable.ShouldBeTrue();
        (await Client().ListProblemsAsync()).Count.ShouldBeGreaterThan(20);
        (await Client().GetTransferEventsAsync(id)).Select(change => change.To).ShouldBe(["Observed", "Finalized"]);
        (await Client().GetTransferAsync(id)).Source.Amount.Amount.ShouldBe((UInt128)1000);
        (await Client().RetryTransferAsync(id)).Action.ShouldBe("driven");
    }

    private BridgeClient Client() => new(new HttpClient { BaseAddress = api.Url });
}

/// <summary>The client where requests are few.</summary>
public sealed class ClientRetryTests(ScarceApi api) : IClassFixture<ScarceApi>
{
    [Fact]
    public async Task A_busy_server_is_asked_again_after_as_long_as_it_says_and_not_for_ever()
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        var impatient = new BridgeClient(http, new BridgeClientOptions { MaxTries = 1 });
        var refusal = await UntilRefusedAsync(impatient);
        (refusal.Code, refusal.Problem.Status, refusal.Retryable).ShouldBe(("RATE_LIMITED", 429, true));
        refusal.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        var watch = Stopwatch.StartNew();
        (await new BridgeClient(http).ListAssetsAsync()).ShouldNotBeNull();
        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.5), "it waited and did not hammer");

        await UntilRefusedAsync(impatient);
        var inHaste = new BridgeClient(http, new BridgeClientOptions { LongestWait = TimeSpan.FromMilliseconds(100) });
        (await Should.ThrowAsync<BridgeApiException>(() => inHaste.ListAssetsAsync())).Code.ShouldBe("RATE_LIMITED");
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_as_often_as_the_options_say()
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };
        await Should.ThrowAsync<HttpRequestException>(() => new BridgeClient(http, new BridgeClientOptions { MaxTries = 2 }).ListAssetsAsync());
    }

    private static async Task<BridgeApiException> UntilRefusedAsync(BridgeClient client)
    {
        for (var n = 0; n < 1000; n++)
        {
            try
            {
                await client.ListAssetsAsync();
            }
            catch (BridgeApiException e)
            {
                return e;
            }
        }
        throw new InvalidOperationException("nothing was refused");
    }
}

/// <summary>A request every two seconds, after the first thirty.</summary>
public sealed class ScarceApi : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Bridge__Api__ReadsPerMinute"] = "30" };
}
