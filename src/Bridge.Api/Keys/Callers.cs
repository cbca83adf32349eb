using System.Collections.Concurrent;
using Bridge.Api.Problems;
using Bridge.Store;

namespace Bridge.Api.Keys;

/// <summary>Finds out who asks. A key that is wrong is refused, also where none is needed: its holder should know.</summary>
internal sealed class Callers(ApiKeyStore keys, TimeProvider time, ILogger<Callers> log)
{
    /// <summary>Wrong keys in a minute from one address, after which no key is looked at from there.</summary>
    private const int MostFailures = 20;

    // Where a key would end up in logs and histories.
    private static readonly string[] KeyInUrl = ["key", "api_key", "apikey", "access_token", "token", "authorization"];

    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _failures = new();

    /// <summary>A caller, or the refusal.</summary>
    public async Task<(Caller? Caller, IResult? Refusal)> FindAsync(HttpContext context, CancellationToken ct)
    {
        var request = context.Request;
        if (request.Query.Keys.FirstOrDefault(name => KeyInUrl.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } inUrl)
            return (null, ProblemKind.ValidationFailed.Result(context, $"A key does not belong into the URL ('{inUrl}'): it stays in logs. Revoke it, and send another by the header Authorization."));
        var stranger = Caller.At(context.Connection.RemoteIpAddress);
        if (request.Headers.Authorization.Count == 0) return (stranger, null);
        if (context.Items[typeof(Caller)] is Caller found) return (found, null);
        if (IsThrottled(stranger.Principal)) return (null, WriteProblems.TooMany.Result(context, "Too many wrong keys came from this address in the last minute."));
        var text = request.Headers.Authorization.ToString();
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && await keys.FindAsync(text[7..].Trim(), ct) is { } key)
        {
            var caller = Caller.Of(key);
            context.Items[typeof(Caller)] = caller; // A request has one key, which is looked up once.
            return (caller, null);
        }
        Count(stranger.Principal);
        log.LogWarning("a wrong, expired or revoked key from {Principal} on {Method} {Path}", stranger.Principal, request.Method, Printable(request.Path));
        return (null, Unauthorized(context, "The key is wrong, expired or revoked."));
    }

    /// <summary>A caller whose key has the scope, or the refusal.</summary>
    public Task<(Caller? Caller, IResult? Refusal)> RequireAsync(HttpContext context, string scope, CancellationToken ct) => RequireAsync(context, [scope], ct);

    /// <summary>A caller whose key has one of the scopes, or the refusal.</summary>
    public async Task<(Caller? Caller, IResult? Refusal)> RequireAsync(HttpContext context, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var (caller, refusal) = await FindAsync(context, ct);
        if (refusal is not null) return (null, refusal);
        if (caller!.Key is not { } key) return (null, Unauthorized(context, "No key was sent."));
        if (scopes.Any(key.Scopes.Contains)) return (caller, null);
        var wanted = string.Join(" or ", scopes);
        log.LogWarning("key {Key} lacks the scope {Scope} for {Method} {Path}", key.Id, wanted, context.Request.Method, Printable(context.Request.Path));
        return (null, WriteProblems.Forbidden.Result(context, $"The key lacks the scope {wanted}."));
    }

    private static IResult Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteProblems.Unauthorized.Result(context, detail);
    }

    private bool IsThrottled(string principal) => _failures.TryGetValue(principal, out var seen) && seen.Minute == Minute && seen.Count >= MostFailures;

    private void Count(string principal)
    {
        if (_failures.Count > 10_000) _failures.Clear(); // A flood from everywhere: what is counted anew is still counted.
        _failures.AddOrUpdate(principal, (Minute, 1), (_, seen) => seen.Minute == Minute ? (Minute, seen.Count + 1) : (Minute, 1));
    }

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>A log line stays one line, whatever a path holds.</summary>
    private static string Printable(PathString path) => new([.. (path.Value ?? "").Take(200).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
