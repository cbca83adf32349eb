using System.Security.Cryptography;
using Bridge.Api.Idempotency;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Webhooks;

internal static class WebhookEndpoints
{
    private const string Scope = "webhooks";

    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton(p => WebhookTargets.From(p.GetRequiredService<ApiOptions>())).AddHostedService<WebhookFanout>().AddHostedService<WebhookSender>();

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/webhooks").WithTags("Webhooks").ProducesProblem(401).ProducesProblem(403);
        group.MapPost("/", CreateAsync).WithName("CreateWebhook").WithSummary("Has an endpoint told of every change of a transfer's status.")
            .WithDescription("Signed after Standard Webhooks 1.0; at least once, under the same webhook-id; 8 tries over 24 hours. Needs an Idempotency-Key and a key with the scope webhooks, of which each has 20 endpoints at most. The secret is shown once.")
            .Accepts<CreateWebhookBody>("application/json").Produces<WebhookBody>(201).ProducesProblem(400).ProducesProblem(409).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);
        group.MapGet("/", ListAsync).WithName("ListWebhooks").WithSummary("The key's endpoints, oldest first.").Produces<WebhookListBody>();
        group.MapGet("/{id}", GetAsync).WithName("GetWebhook").WithSummary("One endpoint.").Produces<WebhookBody>().ProducesProblem(404);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteWebhook").WithSummary("Nothing more is sent there.").Produces(204).ProducesProblem(404);
        group.MapPost("/{id}/secrets", RotateAsync).WithName("RotateWebhookSecret").WithSummary("A new secret; for a day the old one signs too.").Produces<WebhookBody>(201).ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/{id}/enable", EnableAsync).WithName("EnableWebhook").WithSummary("Sends again to an endpoint that was disabled after its last try.").Produces<WebhookBody>().ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/{id}/tests", TestAsync).WithName("TestWebhook").WithSummary("Sends a test event.").Produces<WebhookSentBody>(202).ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{id}/deliveries", LogAsync).WithName("ListWebhookDeliveries").WithSummary("What was sent, with every try, newest first.").Produces<WebhookLogBody>().ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/{id}/deliveries/{delivery}/redeliveries", RedeliverAsync).WithName("RedeliverWebhook").WithSummary("Sends one once more, under its old id.").Produces<WebhookSentBody>(202).ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, Callers callers, Idempotent idempotent, WebhookTargets targets, WebhookStore store, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        return refusal ?? await idempotent.RunAsync<CreateWebhookBody>(context, caller!, async (body, id) =>
        {
            if (body.Account is { } text && !Address.TryParse(text, out _)) return Reply.Problem(context, ProblemKind.ValidationFailed, "account: expected 0x and 40 hex digits, with a right checksum if the case is mixed.");
            if (body.Description is { Length: > 200 }) return Reply.Problem(context, ProblemKind.ValidationFailed, "description: at most 200 characters.");
            try
            {
                var url = await targets.CheckAsync(body.Url, ct);
                var secret = RandomNumberGenerator.GetBytes(WebhookSignature.SecretLength);
                var wanted = new Webhook(id, caller!.Key!.Id, url.AbsoluteUri, body.Description, body.Account is { } account ? Address.Parse(account) : null, secret, null, default, null, null);
                if (!await store.CreateAsync(wanted, ct)) return Reply.Problem(context, WriteProblems.TooMany, $"The key has {WebhookStore.MostOfKey} endpoints; delete one.");
                var made = (await store.FindAsync(id, caller.Key.Id, ct))!;
                return new Reply(201, ToBody(made) with { Secret = WebhookSignature.Text(made.Secret) }, $"/v1/webhooks/{id}");
            }
            catch (TargetRefusedException e)
            {
                return Reply.Problem(context, WriteProblems.WebhookRefused, e.Message);
            }
        }, ct);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Callers callers, WebhookStore store, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        return refusal ?? Results.Json(new WebhookListBody([.. (await store.OfKeyAsync(caller!.Key!.Id, ct)).Select(ToBody)]));
    }

    private static Task<IResult> GetAsync(string id, HttpContext context, Callers callers, WebhookStore store, CancellationToken ct) =>
        OwnAsync(id, context, callers, store, webhook => Task.FromResult(Results.Json(ToBody(webhook))), ct);

    private static Task<IResult> DeleteAsync(string id, HttpContext context, Callers callers, WebhookStore store, CancellationToken ct) => OwnAsync(id, context, callers, store, async webhook =>
    {
        await store.DeleteAsync(webhook.Id, webhook.KeyId, ct);
        return Results.NoContent();
    }, ct);

    private static Task<IResult> LogAsync(string id, int? limit, HttpContext context, Callers callers, WebhookStore store, CancellationToken ct) => OwnAsync(id, context, callers, store, async webhook =>
    {
        if (limit is < 1 or > 100) return ProblemKind.ValidationFailed.Result(context, "limit: 1 to 100.");
        return Results.Json(new WebhookLogBody([.. (await store.LogAsync(webhook.Id, limit ?? 50, ct)).Select(one => WebhookMapper.ToBody(one.Delivery, one.Attempts))]));
    }, ct);

    private static Task<IResult> RotateAsync(string id, HttpContext context, Callers callers, Idempotent idempotent, WebhookStore store, CancellationToken ct) =>
        ActAsync(id, context, callers, idempotent, store, async (webhook, _) =>
        {
            var secret = RandomNumberGenerator.GetBytes(WebhookSignature.SecretLength);
            await store.RotateAsync(webhook.Id, webhook.KeyId, secret, ct);
            return new Reply(201, ToBody(webhook) with { Secret = WebhookSignature.Text(secret) });
        }, ct);

    private static Task<IResult> EnableAsync(string id, HttpContext context, Callers callers, Idempotent idempotent, WebhookStore store, CancellationToken ct) =>
        ActAsync(id, context, callers, idempotent, store, async (webhook, _) =>
        {
            await store.EnableAsync(webhook.Id, webhook.KeyId, ct);
            return new Reply(200, ToBody((await store.FindAsync(webhook.Id, webhook.KeyId, ct)) ?? webhook));
        }, ct);

    private static Task<IResult> TestAsync(
        string id, HttpContext context, Callers callers, Idempotent idempotent, WebhookStore store, WebhookQueue queue, TimeProvider time, Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken ct) =>
        ActAsync(id, context, callers, idempotent, store, async (webhook, test) =>
        {
            await queue.TestAsync(test, webhook.Id, WebhookEnvelope.Test(test, time.GetUtcNow(), json.Value.SerializerOptions), ct);
            return new Reply(202, new WebhookSentBody(test.ToString()));
        }, ct);

    private static Task<IResult> RedeliverAsync(string id, string delivery, HttpContext context, Callers callers, Idempotent idempotent, WebhookStore store, WebhookQueue queue, CancellationToken ct) =>
        ActAsync(id, context, callers, idempotent, store, async (webhook, _) =>
            Guid.TryParse(delivery, out var which) && await queue.RedeliverAsync(webhook.Id, which, ct)
                ? new Reply(202, new WebhookSentBody(which.ToString()))
                : Reply.Problem(context, ProblemKind.NotFound, $"There is no delivery {delivery} of that webhook."), ct);

    /// <summary>Somebody else's is not found, as if it were not there.</summary>
    private static async Task<IResult> OwnAsync(string id, HttpContext context, Callers callers, WebhookStore store, Func<Webhook, Task<IResult>> act, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        if (refusal is not null) return refusal;
        return Guid.TryParse(id, out var parsed) && await store.FindAsync(parsed, caller!.Key!.Id, ct) is { } webhook ? await act(webhook) : ProblemKind.NotFound.Result(context, $"There is no webhook {id} of this key.");
    }

    private static async Task<IResult> ActAsync(string id, HttpContext context, Callers callers, Idempotent idempotent, WebhookStore store, Func<Webhook, Guid, Task<Reply>> act, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        return refusal ?? await idempotent.RunAsync<EmptyBody>(context, caller!, async (_, key) =>
            Guid.TryParse(id, out var parsed) && await store.FindAsync(parsed, caller!.Key!.Id, ct) is { } webhook
                ? await act(webhook, key)
                : Reply.Problem(context, ProblemKind.NotFound, $"There is no webhook {id} of this key."), ct);
    }

    private static WebhookBody ToBody(Webhook webhook) => WebhookMapper.ToBody(webhook);
}
