using System.Text.Json;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Idempotency;

/// <summary>An answer as it can be kept and given again.</summary>
/// <param name="IsRetryable">It says of itself that asking again may help.</param>
internal sealed record Reply(int Status, object? Body, string? Location = null, string ContentType = "application/json", bool IsRetryable = false)
{
    public static Reply Problem(HttpContext context, ProblemKind kind, string detail, params (string Key, object? Value)[] extensions) =>
        new(kind.Status, ProblemResults.Details(kind, context, detail, extensions), ContentType: "application/problem+json", IsRetryable: kind.Retryable);

    /// <summary>What a second try may answer otherwise is not kept.</summary>
    public bool Passes => IsRetryable || Status is 409 or 429 or >= 500;
}

/// <summary>Does a request with an effect once for each Idempotency-Key of a caller, and gives the first answer again after that.</summary>
internal sealed class Idempotent(IdempotencyStore store, IOptions<JsonOptions> json)
{
    public const string Header = "Idempotency-Key";
    private const int MaxKey = 255;

    private JsonSerializerOptions Json => json.Value.SerializerOptions;

    /// <param name="act">Gets the body, and an id that is the same for each try under this key: what it makes, it makes under that id.</param>
    public async Task<IResult> RunAsync<T>(HttpContext context, Caller caller, Func<T, Guid, Task<Reply>> act, CancellationToken ct) where T : class
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length is 0 or > MaxKey || !key.All(c => c is > ' ' and <= '~')) return WriteProblems.IdempotencyKeyRequired.Result(context, key.Length == 0 ? "The header is missing." : "The header is too long or holds other characters.");
        var bytes = await JsonBody.BytesAsync(context.Request, ct);
        if (bytes.Length > 0 && !context.Request.HasJsonContentType()) return JsonBody.WrongType.Result(context, JsonBody.WrongTypeDetail);
        var hash = Keccak256.Hash([.. System.Text.Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}\n"), .. bytes]);

        var claimed = await store.ClaimAsync(caller.Principal, key, hash, ct);
        if (!claimed.SameBody) return WriteProblems.IdempotencyKeyReused.Result(context, "The key stands for another request of yours.");
        if (claimed.Answer is { } before) return Again(context, before);
        if (claimed.Claim is not { } claim) return WriteProblems.RequestInProgress.Result(context, "The first request with this key has no answer yet.");
        return await FirstAsync(context, caller, key, claim, bytes, act, ct);
    }

    private async Task<IResult> FirstAsync<T>(HttpContext context, Caller caller, string key, Guid claim, byte[] bytes, Func<T, Guid, Task<Reply>> act, CancellationToken ct) where T : class
    {
        Reply reply;
        try
        {
            reply = await DoAsync(context, caller, key, bytes, act);
        }
        catch
        {
            await store.ReleaseAsync(caller.Principal, key, claim, CancellationToken.None);
            throw;
        }
        var body = reply.Body is null ? "" : JsonSerializer.Serialize(reply.Body, reply.Body.GetType(), Json);
        var answer = new KeptAnswer(reply.Status, reply.ContentType, reply.Location, body);
        // The caller may have hung up; what was done is done.
        if (reply.Passes) await store.ReleaseAsync(caller.Principal, key, claim, CancellationToken.None);
        else await store.KeepAsync(caller.Principal, key, claim, answer, CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return Write(context, answer);
    }

    private async Task<Reply> DoAsync<T>(HttpContext context, Caller caller, string key, byte[] bytes, Func<T, Guid, Task<Reply>> act) where T : class
    {
        var (body, fault) = bytes.Length == 0 && typeof(T) == typeof(EmptyBody) ? (new EmptyBody() as T, null) : JsonBody.Parse<T>(bytes, Json);
        if (fault is not null) return Reply.Problem(context, ProblemKind.ValidationFailed, fault);
        var id = new Guid(Keccak256.Hash($"{caller.Principal}\n{context.Request.Path}\n{key}").ToArray().AsSpan(0, 16));
        return await act(body!, id);
    }

    private static IResult Again(HttpContext context, KeptAnswer answer)
    {
        context.Response.Headers["Idempotency-Replayed"] = "true";
        return Write(context, answer);
    }

    private static IResult Write(HttpContext context, KeptAnswer answer)
    {
        if (answer.Location is { } location) context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
        if (answer.Body.Length == 0) return Results.StatusCode(answer.Status);
        context.Response.Headers.ETag = TaggedBody.TagOf(System.Text.Encoding.UTF8.GetBytes(answer.Body));
        return Results.Text(answer.Body, answer.ContentType, System.Text.Encoding.UTF8, answer.Status);
    }
}

/// <summary>Of requests whose path says it all.</summary>
public sealed record EmptyBody;
