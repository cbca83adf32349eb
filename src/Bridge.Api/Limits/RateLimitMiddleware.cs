using System.Globalization;
using Bridge.Api.Problems;

namespace Bridge.Api.Limits;

/// <summary>
/// Counts every request to /v1 whatever its method, and says in each answer how much is left: draft-ietf-httpapi-ratelimit-headers.
/// Attestations have a quota of their own, by signer.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits, ApiOptions options)
{
    private readonly RatePolicy _reads = new("reads", options.ReadsPerMinute, 60);
    private readonly RatePolicy _status = new("status", options.StatusReadsPerMinute, 60);
    private readonly RatePolicy _keyed = new("keyed", options.KeyedPerSecond, 1);
    private readonly RatePolicy _keyedAddress = new("keyed-address", options.KeyedPerAddressPerSecond, 1);

    public Task InvokeAsync(HttpContext context) => Counts(context.Request.Path) ? CountAsync(context) : next(context);

    /// <summary>Whether a request to this path is counted here.</summary>
    public static bool Counts(PathString path) => path.StartsWithSegments("/v1") && !path.StartsWithSegments("/v1/attestations");

    private async Task CountAsync(HttpContext context)
    {
        var (policy, decision) = Take(context);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";q={policy.Quota};w={policy.WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r={decision.Remaining};t={decision.ResetSeconds}");
        if (decision.IsAllowed)
        {
            await next(context);
            return;
        }
        var problem = ProblemKind.RateLimited.Result(
            context, $"{policy.Quota} requests in {policy.WindowSeconds} s are allowed.", ("retryAfterSeconds", decision.RetrySeconds));
        headers.RetryAfter = decision.RetrySeconds.ToString(CultureInfo.InvariantCulture);
        await problem.ExecuteAsync(context);
    }

    /// <summary>The holder's own quota comes first, so that who has used it up takes nothing from others at the same address.</summary>
    private (RatePolicy Policy, RateDecision Decision) Take(HttpContext context)
    {
        var policy = Policy(context);
        var decision = limits.Take(ClientKey.Of(context), policy);
        if (policy != _keyed || !decision.IsAllowed) return (policy, decision);
        var address = limits.Take(ClientKey.Of(context.Connection.RemoteIpAddress), _keyedAddress);
        return address.IsAllowed ? (policy, decision) : (_keyedAddress, address);
    }

    private RatePolicy Policy(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true) return _keyed;
        // One transfer, its events or its attestation: what somebody asks who waits for it.
        return context.Request.Path.StartsWithSegments("/v1/transfers", out var rest) && rest.HasValue && rest.Value!.Length > 1 ? _status : _reads;
    }
}
