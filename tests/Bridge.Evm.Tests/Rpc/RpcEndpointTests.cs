using System.Net;
using System.Net.Http.Headers;

namespace Bridge.Evm.Tests;

public sealed class RpcEndpointTests
{
    private static readonly RpcOptions Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    /// <summary>A node that is never there: every request is answered by the function.</summary>
    private static (RpcEndpoint Rpc, Middleman Node) Node(Func<int, HttpResponseMessage> answer, RpcOptions? options = null)
    {
        var node = new Middleman { Answer = answer };
        return (node.Endpoint(new Uri("http://127.0.0.1:1"), 0, options ?? Quick), node);
    }

    private static HttpResponseMessage Result(int id) => Middleman.Text($$"""{"jsonrpc":"2.0","id":{{id}},"result":"0x1"}""");

    private static async Task<RpcException> FailureAsync(RpcEndpoint rpc) =>
        await Should.ThrowAsync<RpcException>(() => rpc.CallAsync("eth_x", [], CancellationToken.None));

    private static async Task<RpcException> BatchFailureAsync(string reply) => await Should.ThrowAsync<RpcException>(
        () => Node(_ => Middleman.Text(reply)).Rpc.BatchAsync([("eth_a", []), ("eth_b", [])], CancellationToken.None));

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("<html>nginx</html>")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"0x1","result":"0x2"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"0x1"} trailing""")]
    public async Task A_reply_that_is_not_the_answer_to_the_call_is_refused_and_not_retried(string reply)
    {
        var (rpc, node) = Node(_ => Middleman.Text(reply));
        (await FailureAsync(rpc)).Kind.ShouldBe(RpcErrorKind.InvalidResponse);
        node.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData("""[{"id":1,"result":"0x1"}]""", "no reply to request 2")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":1,"result":"0x2"}]""", "two replies to request 1")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":3,"result":"0x2"}]""", "no reply to request 2")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x2"},{"id":3,"result":"0x2"}]""", "3 replies to a batch of 2")]
    [InlineData("""[{"id":1,"result":"0x1"},{"result":"0x2"}]""", "has no id")]
    [InlineData("""{"id":1,"result":"0x1"}""", "not a JSON array")]
    [InlineData("""[1,2]""", "not a JSON object")]
    public async Task A_batch_whose_replies_do_not_match_its_calls_is_refused(string reply, string why)
    {
        var failure = await BatchFailureAsync(reply);
        failure.Kind.ShouldBe(RpcErrorKind.InvalidResponse);
        failure.Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_batch_returns_results_in_the_order_of_its_calls()
    {
        var (rpc, _) = Node(_ => Middleman.Text("""[{"id":2,"result":"b"},{"id":1,"result":"a"}]"""));
        var results = await rpc.BatchAsync([("eth_a", []), ("eth_b", [])], CancellationToken.None);
        results.Select(r => r.GetString()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task One_error_in_a_batch_or_one_for_all_of_it_fails_it_with_its_meaning()
    {
        (await BatchFailureAsync("""[{"id":1,"result":"0x1"},{"id":2,"error":{"code":3,"message":"execution reverted"}}]""")).Kind.ShouldBe(RpcErrorKind.Reverted);
        (await BatchFailureAsync("""{"id":null,"error":{"code":-32005,"message":"limit exceeded"}}""")).Kind.ShouldBe(RpcErrorKind.RateLimited);
    }

    [Fact]
    public async Task A_broken_connection_and_a_5xx_are_tried_again()
    {
        var (rpc, node) = Node(n => n switch
        {
            1 => throw new HttpRequestException("reset"),
            2 => new HttpResponseMessage(HttpStatusCode.BadGateway),
            _ => Result(3),
        });
        (await rpc.CallAsync("eth_x", [], CancellationToken.None)).GetString().ShouldBe("0x1");
        node.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task Retries_end_with_the_last_fault()
    {
        var (rpc, node) = Node(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        var failure = await FailureAsync(rpc);
        (failure.Kind, failure.Code, node.Requests).ShouldBe((RpcErrorKind.Transport, 503, 4));
        var (single, once) = Node(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), Quick with { MaxRetries = 0 });
        await FailureAsync(single);
        once.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_after_is_waited_for()
    {
        var (rpc, _) = Node(n => n == 1 ? Busy(TimeSpan.FromSeconds(1)) : Result(2));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await rpc.CallAsync("eth_x", [], CancellationToken.None);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_retry_after_beyond_the_limit_fails_at_once()
    {
        var (rpc, node) = Node(_ => Busy(TimeSpan.FromHours(1)));
        (await FailureAsync(rpc)).Kind.ShouldBe(RpcErrorKind.RateLimited);
        node.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_rate_limit_inside_json_is_tried_again_and_a_revert_is_not()
    {
        var (limited, first) = Node(n => n == 1 ? Middleman.Text("""{"id":1,"error":{"code":-32005,"message":"limit exceeded"}}""") : Result(2));
        await limited.CallAsync("eth_x", [], CancellationToken.None);
        first.Requests.ShouldBe(2);
        var (reverting, second) = Node(_ => Middleman.Text("""{"id":1,"error":{"code":3,"message":"execution reverted"}}"""));
        (await FailureAsync(reverting)).Kind.ShouldBe(RpcErrorKind.Reverted);
        second.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_json_error_under_an_http_error_keeps_its_meaning()
    {
        var (rpc, _) = Node(_ => Middleman.Text("""{"id":1,"error":{"code":-32602,"message":"query exceeds max block range 5"}}""", HttpStatusCode.BadRequest));
        (await FailureAsync(rpc)).Kind.ShouldBe(RpcErrorKind.RangeTooLarge);
        var (plain, node) = Node(_ => Middleman.Text("nope", HttpStatusCode.Forbidden));
        var failure = await FailureAsync(plain);
        (failure.Kind, failure.Code, node.Requests).ShouldBe((RpcErrorKind.Transport, 403, 1));
    }

    [Fact]
    public async Task A_reply_beyond_the_limit_is_not_read()
    {
        var (announced, _) = Node(_ => Middleman.Text(new string(' ', 5000)), Quick with { MaxResponseBytes = 4000 });
        (await FailureAsync(announced)).Message.ShouldContain("longer than 4000 bytes");
        var (endless, _) = Node(_ => new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) }, Quick with { MaxResponseBytes = 4000 });
        (await FailureAsync(endless)).Message.ShouldContain("longer than 4000 bytes");
    }

    [Fact]
    public async Task A_stalled_node_times_out_once()
    {
        var node = new Middleman { Delay = TimeSpan.FromSeconds(30) };
        var rpc = node.Endpoint(new Uri("http://127.0.0.1:1"), 0, Quick with { Timeout = TimeSpan.FromMilliseconds(100) });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var failure = await FailureAsync(rpc);
        failure.Kind.ShouldBe(RpcErrorKind.Timeout);
        failure.Message.ShouldBe("http://node0.test:80: no reply within 0.1 s");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        node.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Messages_name_the_node_without_its_key()
    {
        var (rpc, _) = Node(_ => Middleman.Text("garbage"));
        var failure = await FailureAsync(rpc);
        failure.Message.ShouldStartWith("http://node0.test:80: ");
        failure.Message.ShouldNotContain("secret-key");
    }

    [Theory]
    [InlineData("ftp://node.test")]
    [InlineData("ws://node.test")]
    public void Only_http_and_https_are_endpoints(string url) =>
        Should.Throw<ArgumentException>(() => new RpcEndpoint(new Uri(url), new HttpClient(), new RpcOptions()));

    [Fact]
    public void Limits_that_no_call_could_meet_are_refused()
    {
        void Refused(RpcOptions options) => Should.Throw<ArgumentException>(() => new RpcEndpoint(new Uri("http://node.test"), new HttpClient(), options));
        Refused(new RpcOptions { Timeout = TimeSpan.Zero });
        Refused(new RpcOptions { MaxResponseBytes = 0 });
        Refused(new RpcOptions { MaxRetries = -1 });
        Refused(new RpcOptions { RetryDelay = TimeSpan.FromSeconds(-1) });
    }

    private static HttpResponseMessage Busy(TimeSpan wait)
    {
        var response = Middleman.Text("slow down", HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return response;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
