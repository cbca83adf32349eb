using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Endpoints that want to be asked less, that are down, or that answer without end.</summary>
[Collection("anvil")]
public sealed class LimitTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RpcOptions Once = new() { MaxRetries = 0 };

    private static HttpResponseMessage Busy(RetryConditionHeaderValue? wait)
    {
        var response = Middleman.Text("slow down", HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = wait;
        return response;
    }

    private static async Task AskAsync(ChainClient chain, int times)
    {
        for (var i = 0; i < times; i++) await Should.ThrowAsync<Exception>(() => chain.BalanceAsync(Anvil.Echo, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_endpoint_that_says_when_to_come_back_is_left_alone_until_then(bool asDate)
    {
        var clock = new Clock();
        var busy = new Middleman { Answer = _ => Busy(asDate ? new(DateTimeOffset.UtcNow.AddMinutes(5)) : new(TimeSpan.FromMinutes(5))) };
        var chain = anvil.Client(1, Once, clock, busy);
        await AskAsync(chain, 50);
        busy.Requests.ShouldBe(1);
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Limited);
        chain.Health[0].Reason!.ShouldContain("HTTP status 429");
        clock.Advance(TimeSpan.FromMinutes(4));
        await AskAsync(chain, 50);
        busy.Requests.ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(2));
        await AskAsync(chain, 50);
        busy.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_when_is_asked_less_and_less()
    {
        var clock = new Clock();
        var busy = new Middleman { Answer = _ => Busy(null) };
        var chain = anvil.Client(1, Once, clock, busy);
        for (var second = 0; second < 120; second++, clock.Advance(TimeSpan.FromSeconds(1))) await AskAsync(chain, 5);
        // After 0, 1, 3, 7, 15, 31, 63 seconds, and every minute from then on.
        busy.Requests.ShouldBe(7);
    }

    [Fact]
    public async Task A_limit_that_is_over_is_forgotten()
    {
        var clock = new Clock();
        var busy = new Middleman { Answer = n => n <= 3 ? Busy(null) : null };
        var chain = anvil.Client(1, Once, clock, busy);
        for (var i = 0; i < 3; i++, clock.Advance(TimeSpan.FromMinutes(2))) await AskAsync(chain, 1);
        await chain.BalanceAsync(Anvil.Echo, None);
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Ok);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_not_asked_faster_than_it_fails()
    {
        var clock = new Clock();
        var down = new Middleman { Answer = _ => throw new HttpRequestException("refused") };
        var chain = anvil.Client(1, Once, clock, down);
        await AskAsync(chain, 50);
        down.Requests.ShouldBe(3);
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Down);
        clock.Advance(TimeSpan.FromSeconds(3));
        await AskAsync(chain, 50);
        down.Requests.ShouldBe(4);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_small_reply_that_unpacks_without_end_is_cut_off(string encoding)
    {
        using var packed = new MemoryStream();
        await using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 64; i++) await packer.WriteAsync(new byte[1024 * 1024]);
        packed.Length.ShouldBeLessThan(1024 * 1024);
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();
        using var server = new HttpListener { Prefixes = { url.ToString() } };
        server.Start();
        var serving = ServeAsync(server, packed.ToArray(), encoding);

        using var http = RpcHttp.CreateClient();
        var rpc = new RpcEndpoint(url, http, Once with { MaxResponseBytes = 2 * 1024 * 1024 });
        var refused = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync("eth_chainId", [], None));
        refused.Message.ShouldContain("longer than 2097152 bytes");
        await serving;
    }

    private static async Task ServeAsync(HttpListener server, byte[] body, string encoding)
    {
        var context = await server.GetContextAsync();
        context.Response.Headers["Content-Encoding"] = encoding;
        try
        {
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // The client hung up, as it should.
        }
    }
}
