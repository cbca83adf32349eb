using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bridge.Core;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

/// <summary>Abuses of what is read. The numbers are those of the list of abuses that the API is held to.</summary>
public sealed class ReadingAbuseTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("0x123")]
    [InlineData("123")]
    [InlineData("0X0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0x 000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0x٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١")]
    public async Task Abuse_01_hex_that_is_none_is_refused(string id)
    {
        foreach (var path in new[] { $"/v1/transfers/{Uri.EscapeDataString(id)}", $"/v1/transfers/{Uri.EscapeDataString(id)}/attestation", $"/v1/transfers?txHash={Uri.EscapeDataString(id)}" })
            (await api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.BadRequest, path);
    }

    [Fact]
    public async Task Abuse_01_a_path_of_megabytes_is_refused_before_it_is_read()
    {
        var said = await RawAsync($"GET /v1/transfers/0x{new string('0', 1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        said.ShouldStartWith("HTTP/1.1 414");
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", false)]
    [InlineData("XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS", false)]
    [InlineData("alice.eth", false)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", true)]
    public async Task Abuse_02_only_an_address_with_a_right_checksum_or_none_is_taken(string account, bool taken)
    {
        foreach (var path in new[] { $"/v1/transfers?account={account}", $"/v1/search?q={account}" })
            (await api.GetAsync(path)).Status.ShouldBe(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, path);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e18")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("١")]
    [InlineData("340282366920938463463374607431768211456")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    public async Task Abuse_03_an_amount_that_is_no_plain_number_is_refused(string amount) =>
        (await api.GetAsync($"/v1/transfers?minAmount={Uri.EscapeDataString(amount)}")).Json.GetProperty("errors").TryGetProperty("minAmount", out _).ShouldBeTrue();

    [Fact]
    public async Task Abuse_04_numbers_beyond_two_to_the_53_go_in_and_come_out_as_strings()
    {
        var scene = await Scene.BeginAsync(api.Store);
        await scene.ReadSourceAsync(1, [scene.Send(1, amount: UInt128.MaxValue)]);

        var found = (await api.GetAsync($"/v1/transfers?source={scene.Lane.Source}&minAmount=340282366920938463463374607431768211455")).Json.GetProperty("transfers");
        found[0].GetProperty("source").GetProperty("amount").GetProperty("amount").GetString().ShouldBe("340282366920938463463374607431768211455");
    }

    [Theory]
    [InlineData("sender=' OR '1'='1")]
    [InlineData("sort=amount; DROP TABLE message")]
    [InlineData("status=DONE') OR 1=1 --")]
    [InlineData("cursor=' UNION SELECT value FROM api_secret --")]
    [InlineData("validator=%")]
    [InlineData("asset=1 OR 1=1")]
    [InlineData("from=now()")]
    public async Task Abuse_07_sql_in_a_filter_is_only_a_wrong_value(string query)
    {
        var (name, value) = (query[..query.IndexOf('=', StringComparison.Ordinal)], query[(query.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        (await api.GetAsync($"/v1/transfers?{name}={Uri.EscapeDataString(value)}")).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task Abuse_08_a_cursor_that_was_changed_made_up_or_given_for_another_filter_is_refused()
    {
        var scene = await Scene.BeginAsync(api.Store);
        await scene.ReadSourceAsync(2, [scene.Send(1), scene.Send(1), scene.Send(2)]);
        var filter = $"source={scene.Lane.Source}&limit=1";
        var cursor = (await api.GetAsync($"/v1/transfers?{filter}")).At("next")!;
        (await api.GetAsync($"/v1/transfers?{filter}&cursor={cursor}")).Status.ShouldBe(HttpStatusCode.OK);

        for (var at = 0; at < cursor.Length; at += 5)
        {
            var forged = cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..];
            (await api.GetAsync($"/v1/transfers?{filter}&cursor={forged}")).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        }
        foreach (var other in new[] { "status=PENDING", "from=2000-01-01T00:00:00Z", "sort=amount&from=2026-01-01T00:00:00Z", "minAmount=1", "asset=1" })
            (await api.GetAsync($"/v1/transfers?{filter}&{other}&cursor={cursor}")).Status.ShouldBe(HttpStatusCode.BadRequest, other);
    }

    [Theory]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("from=2026-01-02", "from")]
    [InlineData("from=2026-01-02T00:00:00", "from")]
    [InlineData("from=1926-01-02T00:00:00Z", "from")]
    [InlineData("updatedSince=2026-13-01T00:00:00Z", "updatedSince")]
    [InlineData("sort=amount&from=1980-01-01T00:00:00Z", "sort")]
    [InlineData("sort=updatedAt", "sort")]
    public async Task Abuse_09_a_range_that_is_reversed_too_long_or_without_a_zone_is_refused(string query, string parameter) =>
        (await api.GetAsync($"/v1/transfers?{query}")).Json.GetProperty("errors").TryGetProperty(parameter, out _).ShouldBeTrue();

    [Fact]
    public async Task Abuse_11_a_header_that_never_ends_is_cut_off_and_others_are_served_meanwhile()
    {
        var slow = RawAsync("GET /v1/chains HTTP/1.1\r\nHost: x\r\nX-Slow: ", waitForEnd: true);

        (await api.GetAsync("/v1/chains")).Status.ShouldBe(HttpStatusCode.OK);
        (await slow).ShouldStartWith("HTTP/1.1 408");
    }

    [Theory]
    [InlineData("GET /v1/chains HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n")]
    [InlineData("GET /v1/chains HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("GET /v1/chains\0 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Abuse_12_requests_that_two_servers_could_read_differently_are_refused(string request) =>
        (await RawAsync(request)).ShouldNotContain("HTTP/1.1 200");

    [Fact]
    public async Task Abuse_18_what_a_path_says_stays_one_line_of_the_log()
    {
        await api.GetAsync("/v1/transfers/%0d%0a%1b%5b31m%7b%22LogLevel%22:%22forged%22%7d");
        foreach (var line in api.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries)) line.ShouldNotStartWith("{\"LogLevel\":\"forged\"");
    }

    [Theory]
    [InlineData("/v1/chains")]
    [InlineData("/v1/nothing")]
    [InlineData("/problems/NOT_FOUND")]
    [InlineData("/healthz/live")]
    [InlineData("/llms.txt")]
    public async Task Abuse_25_no_answer_may_be_framed_sniffed_or_run(string path)
    {
        var answer = await api.GetAsync(path, ("Accept", "text/html"));
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["X-Frame-Options"].ShouldBe("DENY");
        answer.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
        answer.Headers.ShouldNotContainKey("Server");
    }

    [Fact]
    public async Task Abuse_26_what_a_token_calls_itself_is_shown_without_what_deceives_and_not_at_length()
    {
        var scene = await api.SceneAsync(1);
        await api.Store.Directory.SaveAssetsAsync([new Bridge.Store.AssetRow(scene.Lane.Source, new AssetId(1), Scene.Someone(100), "lock", "\u202ECDSU\u200B\u0000" + new string('x', 100_000), 18)], default);

        var symbol = (await api.GetAsync($"/v1/transfers/{scene.Sent[0].MessageId}")).At("source", "amount", "symbol")!;

        symbol.ShouldBe("CDSU" + new string('x', 28));
    }

    [Fact]
    public async Task Abuse_29_an_id_that_was_never_given_answers_as_one_that_is_not_read_yet()
    {
        var answer = await api.GetAsync($"/v1/transfers/{Scene.Hash(Random.Shared.NextInt64() is var n ? (ulong)n : 0)}");
        answer.ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
        answer.Headers.ShouldContainKey("Retry-After");
    }

    [Fact]
    public async Task Abuse_30_nothing_is_called_final_before_it_is()
    {
        var scene = await api.SceneAsync(1);
        await scene.CertifyAsync(1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        var path = $"/v1/transfers/{scene.Sent[0].MessageId}";

        var arrived = await api.GetAsync(path);
        (arrived.At("status"), arrived.At("stage"), arrived.At("destination", "final")).ShouldBe(("PENDING", "EXECUTED", "False"));
        await scene.FinalizeDestinationAsync(1);
        (await api.GetAsync(path)).At("destination", "final").ShouldBe("True");
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/swagger")]
    [InlineData("/debug")]
    [InlineData("/healthz")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    public async Task Abuse_35_nothing_of_the_inside_is_served(string path) => (await api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);

    /// <summary>What the server says to these bytes until it closes, or for a second where it does not.</summary>
    private async Task<string> RawAsync(string request, bool waitForEnd = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Url.Host, api.Url.Port);
        var stream = client.GetStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(waitForEnd ? 60 : 10));
        var said = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), limit.Token);
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var read)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (!waitForEnd && said.Length > 12) break;
            }
        }
        catch (IOException)
        {
            // Closed without reading on: what it said before counts.
        }
        return said.ToString();
    }
}
