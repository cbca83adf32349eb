using System.Net;
using Bridge.Store;

namespace Bridge.SystemTests.Api;

/// <summary>Who may do what needs a key.</summary>
public sealed class KeyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private ApiKeyStore Keys => api.Store.Get<ApiKeyStore>();

    [Fact]
    public async Task Abuse_13_no_wrong_expired_revoked_or_unfit_key_opens_anything_whatever_the_path_and_the_method_pretend()
    {
        var right = await Keys.CreateAsync("right", ["webhooks"], null, default);
        var unfit = await Keys.CreateAsync("unfit", ["auditor"], null, default);
        var expired = await Keys.CreateAsync("expired", ["webhooks"], DateTimeOffset.UtcNow.AddSeconds(-1), default);
        var revoked = await Keys.CreateAsync("revoked", ["webhooks"], null, default);
        (await Keys.RevokeAsync((await Keys.AllAsync(default)).Single(key => key.Name == "revoked").Id, default)).ShouldBeTrue();

        (await new Asking(api.Url, right).GetAsync("/v1/webhooks")).Status.ShouldBe(HttpStatusCode.OK);
        (await new Asking(api.Url).GetAsync("/v1/webhooks")).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await new Asking(api.Url, unfit).GetAsync("/v1/webhooks")).ShouldBeProblem(HttpStatusCode.Forbidden, "FORBIDDEN");
        foreach (var bad in new[] { expired, revoked, right[..^1] + (right[^1] == '0' ? '1' : '0'), "brk_", "nonsense" })
            (await new Asking(api.Url, bad).GetAsync("/v1/webhooks")).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");

        var nobody = new Asking(api.Url);
        foreach (var path in new[] { "//v1/webhooks", "/v1//webhooks", "/v1/%77ebhooks", "/v1/transfers/%2e%2e/webhooks", "/v1/transfers/../webhooks", "/v1/webhooks/", "/V1/WEBHOOKS" })
            (await nobody.GetAsync(path)).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        var overridden = await nobody.GetAsync("/healthz/live", ("X-HTTP-Method-Override", "DELETE"), ("X-Original-URL", "/v1/webhooks"), ("X-Rewrite-URL", "/v1/webhooks"));
        overridden.At("status").ShouldBe("ok", "the request is the one that was made");
        api.Said.ShouldContain("lacks the scope webhooks");
        api.Said.ShouldContain("a wrong, expired or revoked key");
        foreach (var secret in new[] { right, unfit, expired, revoked }) api.Said.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Abuse_22_a_key_in_the_url_is_refused_and_only_its_hash_is_stored()
    {
        var key = await Keys.CreateAsync("hashed", ["webhooks"], null, default);

        foreach (var name in new[] { "key", "api_key", "access_token", "token" })
            (await new Asking(api.Url, key).GetAsync($"/v1/webhooks?{name}={key}")).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

        await using var command = api.Store.Source.CreateCommand("SELECT string_agg(a::text, ' ') FROM api_key a");
        var stored = (string)(await command.ExecuteScalarAsync())!;
        stored.ShouldContain("hashed");
        stored.ShouldNotContain(key.Split('_')[2]);
    }
}

/// <summary>Of its own, because it uses up what an address may try.</summary>
public sealed class KeyGuessingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Abuse_22_who_guesses_keys_is_not_listened_to_any_more()
    {
        var right = await api.Store.Get<ApiKeyStore>().CreateAsync("right", ["webhooks"], null, default);
        var answers = new List<Answer>();
        for (var n = 0; n < 60; n++) answers.Add(await new Asking(api.Url, $"brk_{Guid.NewGuid():N}_{new string('0', 64)}").GetAsync("/v1/webhooks"));

        answers[0].ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.TooManyRequests);
        (await new Asking(api.Url).GetAsync("/healthz/live")).Status.ShouldBe(HttpStatusCode.OK, "who sends no key is served");
        // A guess that is right among many wrong ones tells nothing, at least within the same minute.
        (await new Asking(api.Url, right).GetAsync("/v1/webhooks")).Status.ShouldBeOneOf(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
    }
}
