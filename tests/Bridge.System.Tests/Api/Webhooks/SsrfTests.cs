using System.Net;
using System.Net.Sockets;
using Bridge.Api.Webhooks;
using Bridge.Store;

namespace Bridge.SystemTests.Api.Webhooks;

/// <summary>Where a webhook can lead: nowhere inside, neither when it is registered nor later.</summary>
public sealed class SsrfTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:a00:1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://name.invalid/")]
    [InlineData("https://1.1.1.1:22/")]
    [InlineData("https://user:pass@1.1.1.1/")]
    [InlineData("https://127.0.0.1@1.1.1.1/")]
    [InlineData("https://1.1.1.1/#part")]
    [InlineData("http://1.1.1.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://1.1.1.1/")]
    [InlineData("//1.1.1.1/")]
    [InlineData("")]
    public async Task Abuse_19_a_webhook_that_leads_inside_is_refused_when_it_is_registered(string url)
    {
        var secret = await api.Store.Get<ApiKeyStore>().CreateAsync("a test", ["webhooks"], null, default);

        (await new Asking(api.Url, secret).PostAsync("/v1/webhooks", new { url })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "WEBHOOK_URL_REFUSED");
    }

    [Fact]
    public async Task Abuse_19_a_name_that_leads_inside_only_later_is_refused_when_it_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("1.1.1.1")], [IPAddress.Loopback]]);
        var targets = new WebhookTargets([], (_, _) => Task.FromResult(answers.Dequeue()));

        var url = await targets.CheckAsync("https://rebinding.example/hook", default);
        using var http = WebhookHttp.Create(targets);
        var refusal = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(url) { Port = port }.Uri));

        (refusal.InnerException ?? refusal).ShouldBeOfType<TargetRefusedException>();
        listener.Pending().ShouldBeFalse("nobody connected");
    }

    [Fact]
    public async Task Abuse_19_one_address_inside_among_others_outside_is_refused()
    {
        var targets = new WebhookTargets([], (_, _) => Task.FromResult(new[] { IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.1.2.3") }));

        (await Should.ThrowAsync<TargetRefusedException>(() => targets.ResolveAsync("both.example", default))).Message.ShouldNotContain("10.1.2.3");
    }

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);
}
