using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bridge.SystemTests.Api;

/// <summary>Bodies that are meant to do harm.</summary>
public sealed class BodyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("/v1/quotes")]
    [InlineData("/v1/transfers")]
    public async Task Abuse_10_what_is_too_large_is_refused_early_however_it_is_packed(string path)
    {
        (await PostAsync(path, new StringContent(new string(' ', 10_000_000), Encoding.UTF8, "application/json"))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true)) await zip.WriteAsync(new byte[20_000_000]);
        var packed = new ByteArrayContent(bomb.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
        (await PostAsync(path, packed)).ShouldBe(HttpStatusCode.BadRequest, "nothing is unpacked, so it is no JSON");

        (await EndlessAsync(path)).ShouldContain(" 413 ");
        (await api.GetAsync("/healthz/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/quotes", "preference")]
    [InlineData("/v1/transfers", "quoteId")]
    [InlineData("/v1/webhooks", "url")]
    [InlineData("/v1/attestations", "laneId")]
    public async Task Abuse_06_a_body_that_two_readers_could_read_differently_is_refused(string path, string member)
    {
        var caller = new Asking(api.Url, await api.Store.Get<Bridge.Store.ApiKeyStore>().CreateAsync(path, ["webhooks"], null, default));
        var nested = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));
        string[] bodies =
        [
            $"{{\"{member}\":\"a\",\"{member}\":\"b\"}}", $"{{\"{member}\":\"a\",\"\\u{(int)member[0]:x4}{member[1..]}\":\"b\"}}", $"{{\"{member}\":{nested}}}", nested,
            "{\"colour\":\"blue\"}", "\uFEFF{}", "{} {}", "{}]", "null", "[]", "\"\"", "", $"{{\"{member}\":\"a\",}}", $"{{/**/\"{member}\":\"a\"}}", $"{{'{member}':'a'}}", "{\"__proto__\":{}}",
        ];
        foreach (var body in bodies) Refused(await SendAsync(caller, body, "application/json"), HttpStatusCode.BadRequest, "cannot be read", "is null");
        Refused(await SendAsync(caller, "{}", "application/json; charset=utf-16", Encoding.Unicode), HttpStatusCode.BadRequest, "cannot be read");
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "text/json" })
            Refused(await SendAsync(caller, "{}", type), HttpStatusCode.UnsupportedMediaType, "application/json");

        Task<Answer> SendAsync(Asking by, string body, string type, Encoding? encoding = null) => by.SendAsync(path, (encoding ?? Encoding.UTF8).GetBytes(body), type);

        static void Refused(Answer answer, HttpStatusCode status, params string[] says)
        {
            answer.ShouldBeProblem(status, "VALIDATION_FAILED");
            says.ShouldContain(text => answer.At("detail")!.Contains(text, StringComparison.Ordinal), answer.Text);
        }
    }

    [Fact]
    public async Task Abuse_23_a_token_that_nobody_here_issues_is_no_key_whatever_it_says_of_itself()
    {
        foreach (var header in new[] { "{\"alg\":\"none\"}", "{\"alg\":\"HS256\",\"kid\":\"../../../../dev/null\"}", "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1/\"}" })
        {
            var token = $"{Encode(header)}.{Encode("{\"sub\":\"operator\",\"scope\":\"webhooks operator\",\"exp\":9999999999}")}.";
            (await new Asking(api.Url, token).GetAsync("/v1/webhooks")).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }

        static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    private async Task<HttpStatusCode> PostAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Url, path)) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.ExpectContinue = true; // So that the answer is heard before the connection is closed on what is too large.
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Chunks without end, until the server has had enough.</summary>
    private async Task<string> EndlessAsync(string path)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(api.Url.Host, api.Url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {api.Url.Authority}\r\nContent-Type: application/json\r\nIdempotency-Key: {Guid.NewGuid()}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes("1000\r\n" + new string(' ', 4096) + "\r\n");
        var answer = Task.Run(async () =>
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            return await reader.ReadLineAsync() ?? "";
        });
        for (var sent = 0; sent < 10_000 && !answer.IsCompleted; sent++)
        {
            try
            {
                await stream.WriteAsync(chunk);
            }
            catch (IOException)
            {
                break; // It hung up; the answer was sent before.
            }
        }
        return await answer;
    }
}
