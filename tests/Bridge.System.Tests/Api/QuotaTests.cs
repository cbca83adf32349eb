using System.Globalization;
using System.Net;

namespace Bridge.SystemTests.Api;

/// <summary>An API with small quotas, and a proxy in front of it that it believes.</summary>
public sealed class TightApi : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Bridge__Api__ReadsPerMinute"] = "5", ["Bridge__Api__StatusReadsPerMinute"] = "1000", ["Bridge__Api__StreamsPerClient"] = "2",
        ["Bridge__Api__TrustedProxies"] = "127.0.0.1",
    };
}

public sealed class QuotaTests(TightApi api) : IClassFixture<TightApi>
{
    [Fact]
    public async Task Abuse_28_a_quota_is_told_enforced_and_the_same_for_every_address_of_one_home()
    {
        var first = await FromAsync("2001:db8:1:1::1");
        (first.Headers["RateLimit-Policy"], first.Headers["RateLimit"]).ShouldBe(("\"reads\";q=5;w=60", "\"reads\";r=4;t=12"));
        for (var n = 2; n <= 5; n++) (await FromAsync(string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:1:{n}::{n}"))).Status.ShouldBe(HttpStatusCode.OK);

        var refused = await FromAsync("2001:db8:1:1:ffff::1");
        refused.ShouldBeProblem(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 12, "as long as the next request takes to become free");
        (await FromAsync("2001:db8:1:2::1")).Status.ShouldBe(HttpStatusCode.OK, "another home");
    }

    [Fact]
    public async Task Abuse_12_an_address_that_the_caller_itself_claims_does_not_count()
    {
        // The proxy appends whom it saw; what stands before is the caller's word.
        for (var n = 1; n <= 5; n++) (await FromAsync(string.Create(CultureInfo.InvariantCulture, $"198.51.100.{n}, 203.0.113.7"))).Status.ShouldBe(HttpStatusCode.OK);
        (await FromAsync("198.51.100.99, 203.0.113.7")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Abuse_27_a_client_has_so_many_streams_and_an_ended_one_frees_its_place()
    {
        var url = new Uri(api.Url, "v1/stream");
        using var one = await Follower.OpenAsync(url);
        var two = await Follower.OpenAsync(url);
        using (var three = await Follower.OpenAsync(url)) three.Status.ShouldBe(HttpStatusCode.TooManyRequests);

        two.Dispose();

        for (var tries = 0; tries < 50; tries++)
        {
            await Task.Delay(200);
            using var again = await Follower.OpenAsync(new Uri(api.Url, $"v1/stream?after=0&chain={tries + 1}"));
            if (again.Status == HttpStatusCode.OK) return;
            if (again.Status == HttpStatusCode.TooManyRequests && (await again.TextAsync()).Contains("RATE_LIMITED", StringComparison.Ordinal)) await Task.Delay(12_000);
        }
        throw new InvalidOperationException("the place of the stream that ended was never free again");
    }

    private Task<Answer> FromAsync(string address) => api.GetAsync("/v1/chains", ("X-Forwarded-For", address));
}
