namespace Bridge.Api;

/// <summary>What a browser may do with an answer: nothing but show it. Pages say themselves what they need.</summary>
internal static class SecurityHeaders
{
    private const string NothingRuns = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "no-referrer");
            headers.TryAdd("X-Frame-Options", "DENY");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
            if (!IsPage(context)) headers.TryAdd("Content-Security-Policy", NothingRuns);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>A page that is served from a file, and brings its own policy.</summary>
    private static bool IsPage(HttpContext context) =>
        context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true && !context.Request.Path.StartsWithSegments("/problems");
}
