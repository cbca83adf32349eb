using System.Globalization;
using System.Net;
using Bridge.Api;
using Bridge.Store;

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

/// <summary>An API that counts keys strictly, and believes the proxy in front of it.</summary>
public sealed class KeyedApi : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Bridge__Api__ReadsPerMinute"] = "5", ["Bridge__Api__KeyedPerSecond"] = "2", ["Bridge__Api__KeyedPerAddressPerSecond"] = "4", ["Bridge__Api__TrustedProxies"] = "127.0.0.1",
    };
}

public sealed class KeyedQuotaTests(KeyedApi api) : IClassFixture<KeyedApi>
{
    private const int Burst = 60;

    private int _holders;

    [Fact]
    public void The_quotas_are_those_that_are_promised_unless_the_operator_says_otherwise()
    {
        var options = new ApiOptions();
        (options.ReadsPerMinute, options.StatusReadsPerMinute, options.KeyedPerSecond, options.KeyedPerAddressPerSecond).ShouldBe((120, 600, 50, 200));
    }

    [Fact]
    public async Task A_key_has_its_holder_s_own_quota_whatever_strangers_at_its_address_used_up()
    {
        const string here = "203.0.113.1";
        for (var n = 0; n < 5; n++) (await AskAsync(null, here)).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(null, here)).ShouldBeProblem(HttpStatusCode.TooManyRequests, "RATE_LIMITED");

        var keyed = await AskAsync(await KeyAsync("own"), here);
        keyed.Status.ShouldBe(HttpStatusCode.OK, keyed.Text);
        (keyed.Headers["RateLimit-Policy"], keyed.Headers["RateLimit"]).ShouldBe(("\"keyed\";q=2;w=1", "\"keyed\";r=1;t=1"));
    }

    [Fact]
    public async Task Abuse_28_more_keys_of_one_holder_are_not_more_requests_and_others_keep_theirs()
    {
        var keys = new List<string>();
        for (var n = 0; n < Burst; n++) keys.Add(await KeyAsync("many"));

        // Each key once, each from elsewhere: only the holder is the same.
        var answers = await Task.WhenAll(keys.Select((key, n) => AskAsync(key, string.Create(CultureInfo.InvariantCulture, $"198.51.100.{n + 1}"))));

        var refused = answers.Where(answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(answer => answer.Headers["RateLimit-Policy"] == "\"keyed\";q=2;w=1");
        (await AskAsync(await KeyAsync("another"), "198.51.100.250")).Headers["RateLimit"].ShouldBe("\"keyed\";r=1;t=1");
    }

    [Fact]
    public async Task Abuse_28_many_holders_at_one_address_do_not_get_around_what_an_address_may_ask()
    {
        var keys = new List<string>();
        for (var n = 0; n < Burst; n++) keys.Add(await KeyAsync(null));

        var spread = await Task.WhenAll(keys.Select((key, n) => AskAsync(key, string.Create(CultureInfo.InvariantCulture, $"192.0.2.{n + 1}"))));
        spread.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        for (var n = 0; n < Burst; n++) keys[n] = await KeyAsync(null);
        var together = await Task.WhenAll(keys.Select((key, n) => AskAsync(key, string.Create(CultureInfo.InvariantCulture, $"2001:db8:7:7::{n:x}"))));

        var refused = together.Where(answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(answer => answer.Headers["RateLimit-Policy"] == "\"keyed-address\";q=4;w=1");
    }

    [Theory]
    [InlineData("/v1/chains")]
    [InlineData("/v1/transfers")]
    [InlineData("/v1/nothing")]
    public async Task A_key_that_is_unknown_is_refused_also_where_none_is_needed(string path)
    {
        var answer = await new Asking(api.Url, $"brk_{Guid.NewGuid():N}_{new string('0', 64)}").GetAsync(path, ("X-Forwarded-For", "203.0.113.9"));
        answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
    }

    /// <param name="holder">Null: somebody new.</param>
    private Task<string> KeyAsync(string? holder) => api.Store.Get<ApiKeyStore>().CreateAsync(
        holder ?? string.Create(CultureInfo.InvariantCulture, $"holder {++_holders} {Guid.NewGuid()}"), [], null, default);

    private Task<Answer> AskAsync(string? key, string address) => new Asking(api.Url, key).GetAsync("/v1/chains", ("X-Forwarded-For", address));
}
