using System.Net;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api;

/// <summary>How the pages are served. What they do is tested in a browser: src/Bridge.Web/test.</summary>
public sealed class PagesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Cat = "0x00000000000000000000000000000000000000c1";
    private const string Build = "the pages are not built: run 'npm ci' and 'npm run build' in src/Bridge.Web, then build again";

    [Fact]
    public async Task The_pages_run_their_own_scripts_only_and_in_no_frame()
    {
        foreach (var path in new[] { "/", "/t/0x12", "/nft", "/history", "/search", "/status", "/operator", "/audit", "/bridge.svg" })
        {
            var page = await api.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, $"{path}: {Build}");
            var policy = page.Headers["Content-Security-Policy"].Split("; ");
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("script-src 'self'");
            policy.ShouldContain("connect-src 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            page.Headers["Content-Security-Policy"].ShouldNotContain("unsafe");
            page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            page.Headers["Cache-Control"].ShouldBe("no-cache");
        }
    }

    [Fact]
    public async Task The_page_has_no_script_or_style_of_its_own_and_names_nobody_else()
    {
        var page = (await api.GetAsync("/")).Text;

        page.ShouldContain("<script type=\"module\"", customMessage: Build);
        page.ShouldNotContain("<style");
        page.ShouldNotContain("//", customMessage: "every URL must be our own");
    }

    [Fact]
    public async Task Every_other_path_keeps_its_answer()
    {
        foreach (var path in new[] { "/t", "/t/0x12/more", "/historic", "/v1/nothing", "/assets/none.js", "/../appsettings.json" })
            (await api.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_pages_are_told_which_chains_lanes_and_assets_there_are()
    {
        var scene = await api.SceneAsync(final: 1);

        var deployment = await api.GetAsync("/pages/deployment.json");

        deployment.Status.ShouldBe(HttpStatusCode.OK, deployment.Text);
        deployment.Json.GetProperty("lanes").EnumerateArray().ShouldContain(lane =>
            lane.GetProperty("source").GetString() == scene.Lane.Source.ToString() && lane.GetProperty("destination").GetString() == scene.Lane.Destination.ToString());
        var token = deployment.Json.GetProperty("assets").EnumerateArray().SelectMany(asset => asset.GetProperty("tokens").EnumerateArray())
            .Single(token => token.GetProperty("chain").GetString() == scene.Lane.Source.ToString());
        (token.GetProperty("mode").GetString(), token.GetProperty("symbol").GetString(), token.GetProperty("decimals").GetInt32()).ShouldBe(("lock", "TKN", 18));
        deployment.Json.TryGetProperty("testWallet", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://mainnet.base.org")]
    [InlineData("")]
    [InlineData("http://127.0.0.1.example.com:8545")]
    [InlineData("http://10.0.0.1:8545")]
    public async Task A_test_wallet_is_refused_beside_a_chain_that_is_not_on_this_machine(string rpc) =>
        (await FailAsync(("TestWallet", "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"), ("Chains__1__Rpc", "http://127.0.0.1:8545"), ("Chains__8453__Rpc", rpc), ("Chains__8453__Coin", "ETH")))
            .ShouldContain("Bridge:Api:Pages:TestWallet: it is for local chains only, and chain 8453");

    [Fact]
    public async Task A_test_wallet_without_any_chain_is_refused() =>
        (await FailAsync(("TestWallet", "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"))).ShouldContain("it needs the Rpc of every chain");

    [Fact]
    public async Task A_wrong_key_or_value_stops_the_start_with_its_name()
    {
        (await FailAsync(("Colour", "blue"))).ShouldContain("Bridge:Api:Pages:Colour");
        (await FailAsync(("Chains__1__Colour", "blue"))).ShouldContain("Bridge:Api:Pages:Chains:1:Colour");
        (await FailAsync(("Chains__one__Coin", "ETH"))).ShouldContain("'one' is not a chain's number");
        (await FailAsync(("Chains__1__Explorer", "javascript:alert(1)"))).ShouldContain("Bridge:Api:Pages:Chains:1:Explorer");
        (await FailAsync(("TestWallet", "0x12"))).ShouldContain("Bridge:Api:Pages:TestWallet");
        (await FailAsync(("Nfts__cats__Colour", "blue"))).ShouldContain("Bridge:Api:Pages:Nfts:cats:Colour");
        (await FailAsync(("Nfts__cats__Name", "Cats"), ("Nfts__cats__Ends__1__Token", Cat))).ShouldContain("Bridge:Api:Pages:Nfts:cats:Ends: at least two chains");
        (await FailAsync(("Nfts__cats__Name", "Cats"), ("Nfts__cats__Ends__1__Token", Cat), ("Nfts__cats__Ends__1__Bridge", Cat), ("Nfts__cats__Ends__10__Token", Cat)))
            .ShouldContain("Bridge:Api:Pages:Nfts:cats:Ends:10:Bridge: '' is not a contract's address");
    }

    private static async Task<string> FailAsync(params (string Key, string Value)[] settings)
    {
        var environment = settings.ToDictionary(setting => "Bridge__Api__Pages__" + setting.Key, setting => setting.Value);
        environment["Bridge__Database"] = Machine.Postgres;
        await using var process = ChildProcess.Start("dotnet", [Machine.Assembly("Bridge.Api", "Bridge.Api")], environment);
        await process.ExitAsync(TimeSpan.FromSeconds(60));
        process.ExitCode.ShouldBe(2, process.Output);
        return process.Output;
    }
}
