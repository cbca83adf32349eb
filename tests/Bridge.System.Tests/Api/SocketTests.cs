using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Bridge.Client;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.Api;

public sealed class SocketTests(OpenedApi api) : IClassFixture<OpenedApi>
{
    [Fact]
    public async Task A_socket_tells_what_the_stream_tells_in_the_same_envelope_and_order()
    {
        var newest = await NewestAsync();
        var scene = await api.SceneAsync(2);
        await scene.CertifyAsync(2);
        using var stream = await Follower.OpenAsync(new Uri(api.Url, $"v1/stream?source={scene.Lane.Source}&after={newest}"));
        using var socket = await SocketFollower.OpenAsync(api.Url, $"?source={scene.Lane.Source}&after={newest}");

        // Six are stored by now, and what comes after that is told as it comes.
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);

        for (var i = 0; i < 7; i++) (await socket.NextAsync())!.Value.GetRawText().ShouldBe((await stream.NextAsync())!.Data.GetRawText());
    }

    [Fact]
    public async Task Only_named_transfers_are_told_and_the_next_list_takes_the_place_of_the_one_before()
    {
        var newest = await NewestAsync();
        var scene = await api.SceneAsync(3);
        var (first, second, third) = (scene.Sent[0].MessageId.ToString(), scene.Sent[1].MessageId.ToString(), scene.Sent[2].MessageId.ToString());
        using var socket = await SocketFollower.OpenAsync(api.Url, $"?named=true&after={newest}");

        await socket.NameAsync([first, .. Enumerable.Range(0, 999).Select(n => Scene.Hash((ulong)n).ToString())]);
        (await ToldAsync(socket), await ToldAsync(socket)).ShouldBe(((first, "Observed"), (first, "Finalized")));

        await socket.NameAsync(third);
        await Eventually.TrueAsync("the third to be told in the place of the first", async () =>
        {
            // A list takes effect some time after it was sent, so what is certified before it may be told of the first one.
            await scene.CertifyAsync(3);
            var told = await ToldAsync(socket);
            told.Transfer.ShouldNotBe(second);
            return told == (third, "Certified");
        });
    }

    [Fact]
    public async Task The_client_names_transfers_reads_their_changes_and_learns_why_it_was_closed()
    {
        var newest = await NewestAsync();
        var scene = await api.SceneAsync(2);
        using var http = new HttpClient { BaseAddress = api.Url };
        var client = new BridgeClient(http);
        using var socket = await client.OpenSocketAsync(after: newest, named: true);
        await socket.NameAsync([scene.Sent[1].MessageId.ToString()]);

        var told = new List<(string Transfer, string To)>();
        await foreach (var change in socket.ReadAsync())
        {
            told.Add((change.Data.TransferId, change.Data.To));
            if (told.Count == 2) await socket.NameAsync(["0x12"]);
        }

        told.ShouldBe([(scene.Sent[1].MessageId.ToString(), "Observed"), (scene.Sent[1].MessageId.ToString(), "Finalized")]);
        socket.ClosedBecause!.ShouldContain("64 hex digits");
        (await Should.ThrowAsync<BridgeApiException>(() => client.OpenSocketAsync(new StreamFilter { Chain = "mars" }))).Problem.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("""{"transfers":"0x"}""")]
    [InlineData("""{"transfers":null}""")]
    [InlineData("""{"transfers":[],"colour":"blue"}""")]
    [InlineData("""{"transfers":[],"transfers":[]}""")]
    [InlineData("""{"transfers":["0x12"]}""")]
    [InlineData("""{"transfers":[null]}""")]
    public async Task A_list_that_cannot_be_used_closes_the_socket_and_says_why(string frame)
    {
        using var socket = await SocketFollower.OpenAsync(api.Url, "?named=true");
        await socket.SayAsync(frame);
        (await socket.NextAsync()).ShouldBeNull();
        socket.Closed.ShouldBe(WebSocketCloseStatus.InvalidPayloadData);
        socket.Why!.ShouldContain("0x");
    }

    [Fact]
    public async Task Abuse_27_too_long_too_many_binary_or_silent_ones_are_closed_with_the_reason()
    {
        using var many = await SocketFollower.OpenAsync(api.Url, "");
        await many.NameAsync([.. Enumerable.Range(0, 1001).Select(n => Scene.Hash((ulong)n).ToString())]);
        using var large = await SocketFollower.OpenAsync(api.Url, "");
        await large.SayAsync($$"""{"transfers":["{{new string(' ', 200_000)}}"]}""");
        using var binary = await SocketFollower.OpenAsync(api.Url, "");
        await binary.SayAsync("""{"transfers":[]}""", WebSocketMessageType.Binary);
        using var silent = await SocketFollower.OpenAsync(api.Url, "?named=true");

        foreach (var (socket, status) in new[] { (many, WebSocketCloseStatus.InvalidPayloadData), (large, WebSocketCloseStatus.MessageTooBig), (binary, WebSocketCloseStatus.InvalidMessageType), (silent, WebSocketCloseStatus.PolicyViolation) })
        {
            (await socket.NextAsync()).ShouldBeNull();
            (socket.Closed, socket.Why).ShouldSatisfyAllConditions(closed => closed.Closed.ShouldBe(status), closed => closed.Why.ShouldNotBeNullOrEmpty());
        }
    }

    [Fact]
    public async Task Abuse_27_sockets_and_streams_share_what_one_client_may_hold_and_give_it_back()
    {
        var open = new List<SocketFollower>();
        var refused = (HttpStatusCode?)null;
        while (refused is null)
        {
            try
            {
                open.Add(await SocketFollower.OpenAsync(api.Url, "?named=false"));
            }
            catch (WebSocketException)
            {
                refused = (await api.GetAsync("/v1/stream")).Status;
            }
        }
        refused.ShouldBe(HttpStatusCode.TooManyRequests, $"after {open.Count}");

        await open[0].LeaveAsync();
        await Eventually.TrueAsync("its place to be free", async () =>
        {
            using var next = await Follower.OpenAsync(new Uri(api.Url, "v1/stream"));
            return next.Status is HttpStatusCode.OK;
        });
        foreach (var socket in open) socket.Dispose();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("https://app.example.evil.com")]
    [InlineData("http://app.example")]
    public async Task Abuse_24_a_page_of_another_origin_opens_no_socket(string origin)
    {
        var refusal = await Should.ThrowAsync<WebSocketException>(() => SocketFollower.OpenAsync(api.Url, "", origin));
        refusal.Message.ShouldContain("403");
    }

    [Fact]
    public async Task Abuse_24_its_own_pages_and_those_of_listed_origins_open_one()
    {
        foreach (var origin in new[] { OpenedApi.Site, api.Url.GetLeftPart(UriPartial.Authority) })
            using (await SocketFollower.OpenAsync(api.Url, "", origin)) { }
    }

    [Fact]
    public async Task Who_asks_without_a_socket_is_told_so()
    {
        var answer = await api.GetAsync("/v1/ws");
        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        answer.At("detail")!.ShouldContain("/v1/stream");
    }

    private static async Task<(string Transfer, string To)> ToldAsync(SocketFollower socket)
    {
        var data = (await socket.NextAsync() ?? throw new InvalidOperationException($"closed: {socket.Why}")).GetProperty("data");
        return (data.GetProperty("transferId").GetString()!, data.GetProperty("to").GetString()!);
    }

    private async Task<string> NewestAsync()
    {
        await using var connection = new NpgsqlConnection(api.Store.ConnectionString);
        await connection.OpenAsync();
        await using var newest = new NpgsqlCommand("SELECT COALESCE(max(id), 0)::text FROM transition", connection);
        return (string)(await newest.ExecuteScalarAsync())!;
    }
}
