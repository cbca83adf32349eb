using System.Security.Cryptography;
using System.Text;
using Bridge.Client;
using Bridge.Store;
using Bridge.SystemTests.Api.Webhooks;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Client;

public sealed class ClientWebhookTests(HookFixture api) : IClassFixture<HookFixture>
{
    [Fact]
    public async Task A_webhook_is_made_tested_verified_and_told_from_a_forged_one()
    {
        await using var receiver = new Receiver(_ => Receiver.Status(200));
        var key = await api.Store.Get<ApiKeyStore>().CreateAsync("client", ["webhooks"], null, default);
        using var http = new HttpClient { BaseAddress = api.Url };
        var client = new BridgeClient(http, new BridgeClientOptions { ApiKey = key });
        var account = Scene.Someone(4801).ToString();

        var hook = await client.CreateWebhookAsync(new WebhookRequest(receiver.Url, account, "orders"), "the same key");
        (await client.CreateWebhookAsync(new WebhookRequest(receiver.Url, account, "orders"), "the same key")).WebhookId.ShouldBe(hook.WebhookId, "it is made once");
        (await client.ListWebhooksAsync()).Webhooks.Single().Account.ShouldBe(account);
        var rotated = await client.RotateWebhookSecretAsync(hook.WebhookId);
        var sent = await client.TestWebhookAsync(hook.WebhookId);
        await Eventually.TrueAsync("the test event", () => Task.FromResult(!receiver.Got.IsEmpty), () => api.Said);

        receiver.Got.TryPeek(out var got).ShouldBeTrue();
        foreach (var secret in new[] { hook.Secret!, rotated.Secret! }) Verify(new WebhookVerifier(secret), got!).Type.ShouldBe("bridge.test");
        Refuses(new WebhookVerifier("whsec_" + Convert.ToBase64String(new byte[32])), got!);
        Refuses(new WebhookVerifier(hook.Secret!), got! with { Body = got.Body.Replace("bridge.test", "bridge.transfer.stage", StringComparison.Ordinal) });
        Refuses(new WebhookVerifier(hook.Secret!), got with { Headers = new(got.Headers) { ["webhook-id"] = "another" } });
        Refuses(new WebhookVerifier(hook.Secret!, new Later()), got);
        Refuses(new WebhookVerifier(hook.Secret!), got with { Headers = new(got.Headers) { ["webhook-signature"] = got.Headers["webhook-signature"].Replace("v1,", "v2,", StringComparison.Ordinal) } });

        await Eventually.TrueAsync("the log to have it", async () => (await client.ListWebhookDeliveriesAsync(hook.WebhookId)).Deliveries is [{ Status: "delivered", DeliveryId: var id }] && id == sent.DeliveryId, () => api.Said);
        (await client.RedeliverWebhookAsync(hook.WebhookId, sent.DeliveryId)).DeliveryId.ShouldBe(sent.DeliveryId);
        await client.DeleteWebhookAsync(hook.WebhookId);
        (await Should.ThrowAsync<BridgeApiException>(() => client.GetWebhookAsync(hook.WebhookId))).Code.ShouldBe("NOT_FOUND");
        using var nobody = new HttpClient { BaseAddress = api.Url };
        (await Should.ThrowAsync<BridgeApiException>(() => new BridgeClient(nobody).ListWebhooksAsync())).Code.ShouldBe("UNAUTHORIZED");
    }

    /// <summary>The vector of Standard Webhooks.</summary>
    [Fact]
    public void The_published_vector_is_verified() => Should.Throw<System.Text.Json.JsonException>(() => new WebhookVerifier("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", new At(1614265330))
        .Verify("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,wrong v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Encoding.UTF8.GetBytes("{\"test\": 2432232314}")), "the signature is right, and the body no event");

    private static WebhookEvent Verify(WebhookVerifier verifier, Received got) =>
        verifier.Verify(got.Headers["webhook-id"], got.Headers["webhook-timestamp"], got.Headers["webhook-signature"], Encoding.UTF8.GetBytes(got.Body));

    private static void Refuses(WebhookVerifier verifier, Received got) => Should.Throw<CryptographicException>(() => Verify(verifier, got));

    private sealed class At(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddMinutes(6);
    }
}
