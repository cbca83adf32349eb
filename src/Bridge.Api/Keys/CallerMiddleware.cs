using System.Security.Claims;
using Bridge.Api.Limits;

namespace Bridge.Api.Keys;

/// <summary>Finds out who sent a key before anything is counted: what the holder has left is the holder's, and a wrong key is refused on every path.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, Callers callers)
{
    private const string Scheme = "Bearer";

    public async Task InvokeAsync(HttpContext context)
    {
        if (RateLimitMiddleware.Counts(context.Request.Path) && context.Request.Headers.Authorization.Count > 0)
        {
            var (caller, refusal) = await callers.FindAsync(context, context.RequestAborted);
            if (refusal is not null)
            {
                await refusal.ExecuteAsync(context);
                return;
            }
            // By holder and not by key: more keys are not more requests.
            if (caller!.Key is { } key) context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, key.Name)], Scheme));
        }
        await next(context);
    }
}
