using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Api.Webhooks;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api.Webhooks;

/// <summary>An API whose webhooks may reach this machine.</summary>
public sealed class HookFixture : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Bridge__Api__WebhookNetworks"] = "127.0.0.0/8" };
}

public sealed class WebhookTests(HookFixture api) : IClassFixture<HookFixture>
{
    [Fact]
    public async Task Abuse_20_each_change_is_told_signed_and_a_receiver_that_checks_cannot_be_deceived()
    {
        await using var receiver = new Receiver(_ => Receiver.Status(200));
        var asking = await HolderAsync();
        var sender = Scene.Someone(4001);
        var hook = (await asking.PostAsync("/v1/webhooks", new { url = receiver.Url, account = sender.ToString() })).Json;

        var scene = await Scene.BeginAsync(api.Store);
        var fact = scene.Send(1, sender: sender);
        await scene.ReadSourceAsync(1, [fact, scene.Send(1)]);
        await scene.FinalizeSourceAsync(1);

        await Eventually.TrueAsync("two changes of one transfer to be told", () => Task.FromResult(receiver.Got.Count >= 2), () => api.Said);
        await Task.Delay(1500); // what is not to come has time to come
        receiver.Got.Count.ShouldBe(2, "the other sender's transfer is not this webhook's");
        foreach (var got in receiver.Got)
        {
            Verify(hook.GetProperty("secret").GetString()!, got).ShouldBeTrue();
            Verify(hook.GetProperty("secret").GetString()!, got with { Body = got.Body.Replace("Observed", "Delivered", StringComparison.Ordinal) + " " }).ShouldBeFalse("another body");
            Verify(hook.GetProperty("secret").GetString()!, got with { Headers = new(got.Headers) { ["webhook-timestamp"] = "1" } }).ShouldBeFalse("another time");
            Verify(WebhookSignature.Text(RandomNumberGenerator.GetBytes(32)), got).ShouldBeFalse("another secret");
        }
        var events = receiver.Got.Select(got => JsonDocument.Parse(got.Body).RootElement).ToList();
        events.ShouldAllBe(e => e.GetProperty("specversion").GetString() == "1.0" && e.GetProperty("type").GetString() == "bridge.transfer.stage");
        events.Select(e => e.GetProperty("subject").GetString()).Distinct().ShouldBe([fact.MessageId.ToString()]);
        events.Select(e => e.GetProperty("data").GetProperty("to").GetString()).ShouldBe(["Observed", "Finalized"], ignoreOrder: true);
    }

    /// <summary>The vector of Standard Webhooks, for whoever writes a receiver.</summary>
    [Fact]
    public void Abuse_20_the_signature_is_the_one_of_the_published_vector() => WebhookSignature.Sign(
        Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}")
        .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public async Task A_failed_delivery_is_tried_again_under_the_same_id_and_the_log_has_both_tries()
    {
        await using var receiver = new Receiver(n => Receiver.Status(n == 0 ? 500 : 204, n == 0 ? "oh no" : ""));
        var asking = await HolderAsync();
        var id = (await asking.PostAsync("/v1/webhooks", new { url = receiver.Url })).At("webhookId");

        (await asking.PostAsync($"/v1/webhooks/{id}/tests")).Status.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.TrueAsync("two tries", () => Task.FromResult(receiver.Got.Count == 2), () => api.Said);
        receiver.Got.Select(got => got.Headers["webhook-id"]).Distinct().Count().ShouldBe(1);
        await Eventually.TrueAsync("the log to say so", async () => (await LogAsync(asking, id!))[0].GetProperty("status").GetString() == "delivered");
        var log = (await LogAsync(asking, id!))[0];
        log.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("status").GetInt32()).ShouldBe([500, 204]);
        log.GetProperty("attempts")[0].GetProperty("note").GetString().ShouldBe("oh no");

        (await asking.PostAsync($"/v1/webhooks/{id}/deliveries/{log.GetProperty("deliveryId").GetString()}/redeliveries")).Status.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.TrueAsync("it to be sent once more", () => Task.FromResult(receiver.Got.Count == 3), () => api.Said);
        receiver.Got.Select(got => got.Headers["webhook-id"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Abuse_21_one_that_never_answers_and_one_that_answers_without_end_hold_up_nobody_and_are_disabled_with_a_notice()
    {
        await using var silent = new Receiver(_ => null);
        await using var endless = new Receiver(_ => "HTTP/1.1 500 Status\r\nContent-Length: 1000000000\r\n\r\n" + new string('x', 1_000_000));
        await using var good = new Receiver(_ => Receiver.Status(200));
        var asking = await HolderAsync();
        var ids = new List<string>();
        foreach (var receiver in new[] { silent, endless, good }) ids.Add((await asking.PostAsync("/v1/webhooks", new { url = receiver.Url })).At("webhookId")!);
        foreach (var id in ids) for (var i = 0; i < 12; i++) (await asking.PostAsync($"/v1/webhooks/{id}/tests")).Status.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.TrueAsync("the good one to be told everything while the others stand in the way", () => Task.FromResult(good.Got.Count == 12), () => api.Said);
        (await api.GetAsync("/healthz/live")).Status.ShouldBe(HttpStatusCode.OK);
        silent.Got.Count.ShouldBeLessThan(12);
        endless.Got.Count.ShouldBeGreaterThan(0);

        // The day of tries is over for one delivery of the endless one.
        await api.Store.ExecuteAsync($"UPDATE webhook_delivery SET tries = 7, next_at = now() WHERE webhook_id = '{ids[1]}' AND id = (SELECT id FROM webhook_delivery WHERE webhook_id = '{ids[1]}' AND status = 'Pending' ORDER BY created_at DESC LIMIT 1)");
        await Eventually.TrueAsync("it to be disabled", async () => (await asking.GetAsync($"/v1/webhooks/{ids[1]}")).At("state") == "disabled", () => api.Said);
        (await asking.GetAsync($"/v1/webhooks/{ids[1]}")).At("reason")!.ShouldContain("8 tries over a day failed");
        (await asking.PostAsync($"/v1/webhooks/{ids[1]}/enable")).At("state").ShouldBe("enabled");
    }

    [Fact]
    public async Task Abuse_19_a_redirect_is_not_followed()
    {
        await using var inside = new Receiver(_ => Receiver.Status(200));
        await using var receiver = new Receiver(_ => $"HTTP/1.1 302 Found\r\nLocation: {inside.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var asking = await HolderAsync();
        var id = (await asking.PostAsync("/v1/webhooks", new { url = receiver.Url })).At("webhookId")!;
        await asking.PostAsync($"/v1/webhooks/{id}/tests");

        await Eventually.TrueAsync("the try to be logged", async () => (await LogAsync(asking, id))[0].GetProperty("attempts").GetArrayLength() == 1, () => api.Said);
        (await LogAsync(asking, id))[0].GetProperty("attempts")[0].GetProperty("note").GetString().ShouldBe("redirects are not followed");
        inside.Got.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_a_day()
    {
        await using var receiver = new Receiver(_ => Receiver.Status(200));
        var asking = await HolderAsync();
        var made = (await asking.PostAsync("/v1/webhooks", new { url = receiver.Url })).Json;
        var id = made.GetProperty("webhookId").GetString();

        var rotated = (await asking.PostAsync($"/v1/webhooks/{id}/secrets")).Json;
        await asking.PostAsync($"/v1/webhooks/{id}/tests");

        await Eventually.TrueAsync("the test to arrive", () => Task.FromResult(receiver.Got.Count == 1), () => api.Said);
        receiver.Got.TryPeek(out var got);
        Verify(made.GetProperty("secret").GetString()!, got!).ShouldBeTrue();
        Verify(rotated.GetProperty("secret").GetString()!, got!).ShouldBeTrue();
        (await asking.GetAsync($"/v1/webhooks/{id}")).Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Abuse_14_somebody_else_s_webhook_is_not_there()
    {
        var (owner, other) = (await HolderAsync(), await HolderAsync());
        var id = (await owner.PostAsync("/v1/webhooks", new { url = "http://127.0.0.1:1/" })).At("webhookId");

        (await other.GetAsync($"/v1/webhooks/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
        (await other.DeleteAsync($"/v1/webhooks/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
        (await other.GetAsync($"/v1/webhooks/{id}/deliveries")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
        foreach (var act in new[] { "secrets", "tests", "enable", $"deliveries/{Guid.NewGuid()}/redeliveries" })
            (await other.PostAsync($"/v1/webhooks/{id}/{act}")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
        (await other.GetAsync("/v1/webhooks")).At("webhooks").ShouldBe("[]");
        (await owner.GetAsync($"/v1/webhooks/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await owner.DeleteAsync($"/v1/webhooks/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync($"/v1/webhooks/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Abuse_15_what_is_not_the_caller_s_to_set_is_refused()
    {
        var asking = await HolderAsync();
        foreach (var member in new[] { "webhookId", "keyId", "secret", "state", "role", "isFinal", "scopes" })
            (await asking.PostAsync("/v1/webhooks", new Dictionary<string, object> { ["url"] = "http://127.0.0.1:1/", [member] = "x" })).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        (await asking.GetAsync("/v1/webhooks")).At("webhooks").ShouldBe("[]");
    }

    [Fact]
    public async Task Making_the_same_webhook_again_under_the_same_key_makes_one()
    {
        var asking = await HolderAsync();
        var first = await asking.PostAsync("/v1/webhooks", new { url = "http://127.0.0.1:1/" }, "once");
        var second = await asking.PostAsync("/v1/webhooks", new { url = "http://127.0.0.1:1/" }, "once");

        second.Text.ShouldBe(first.Text);
        (await asking.GetAsync("/v1/webhooks")).Json.GetProperty("webhooks").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Eight_tries_end_within_a_day()
    {
        var pauses = Enumerable.Range(1, WebhookSchedule.Tries).Select(WebhookSchedule.After).ToList();
        pauses[^1].ShouldBeNull();
        var whole = pauses.OfType<TimeSpan>().Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);
        whole.ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    private async Task<Asking> HolderAsync() => new(api.Url, await api.Store.Get<ApiKeyStore>().CreateAsync("a test", ["webhooks"], null, default));

    private static async Task<JsonElement> LogAsync(Asking asking, string id) => (await asking.GetAsync($"/v1/webhooks/{id}/deliveries")).Json.GetProperty("deliveries");

    /// <summary>As a receiver does it.</summary>
    private static bool Verify(string secret, Received got)
    {
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        if ((DateTimeOffset.UtcNow - sent).Duration() > TimeSpan.FromMinutes(5)) return false;
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{got.Headers["webhook-id"]}.{got.Headers["webhook-timestamp"]}.{got.Body}")));
        return got.Headers["webhook-signature"].Split(' ').Contains(expected);
    }
}
