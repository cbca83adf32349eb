using System.Net;

namespace Bridge.SystemTests.Api;

/// <summary>An API that two origins may ask.</summary>
public sealed class OpenedApi : ApiFixture
{
    public const string Site = "https://app.example";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Bridge__Api__CorsOrigins"] = $"{Site};http://localhost:5173" };
}

public sealed class CrossOriginTests(OpenedApi api) : IClassFixture<OpenedApi>
{
    [Theory]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("https://app.example.evil.com")]
    [InlineData("https://evil-app.example")]
    [InlineData("https://evil.com/https://app.example")]
    [InlineData("https://sub.app.example")]
    [InlineData("https://app.example:444")]
    [InlineData("http://app.example")]
    [InlineData("http://localhost")]
    public async Task Abuse_24_no_other_origin_may_read_an_answer_or_send_a_key(string origin)
    {
        var answer = await api.GetAsync("/v1/chains", ("Origin", origin));
        answer.Status.ShouldBe(HttpStatusCode.OK, "who is no browser is not concerned");
        answer.Headers.ShouldNotContainKey("Access-Control-Allow-Origin");

        var preflight = await PreflightAsync(origin);
        preflight.Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control-Allow", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(OpenedApi.Site)]
    [InlineData("http://localhost:5173")]
    public async Task Abuse_24_a_listed_origin_is_named_itself_and_gets_no_cookies(string origin)
    {
        foreach (var answer in new[] { await api.GetAsync("/v1/chains", ("Origin", origin)), await api.GetAsync("/v1/nothing", ("Origin", origin)), await PreflightAsync(origin) })
        {
            answer.Headers["Access-Control-Allow-Origin"].ShouldBe(origin);
            answer.Headers.ShouldNotContainKey("Access-Control-Allow-Credentials");
            answer.Headers["Vary"].ShouldContain("Origin");
        }
        (await PreflightAsync(origin)).Headers["Access-Control-Allow-Headers"].ShouldContain("Idempotency-Key", Case.Insensitive);
    }

    [Fact]
    public async Task Abuse_24_without_a_list_nobody_is_named()
    {
        var closed = new ApiFixture();
        await closed.InitializeAsync();
        try
        {
            (await closed.GetAsync("/v1/chains", ("Origin", OpenedApi.Site))).Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            await closed.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://*.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://App.example")]
    [InlineData("https://app.example:443")]
    [InlineData("app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("https://app.example;*")]
    public void Abuse_24_what_is_no_single_origin_stops_the_start(string list) => Bridge.Api.Limits.CrossOrigin.Fault(list)!.ShouldContain("is no origin");

    private Task<Answer> PreflightAsync(string origin) => new Asking(api.Url).SendAsync(HttpMethod.Options, "/v1/transfers", null,
        [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "idempotency-key,authorization,content-type")]);
}
