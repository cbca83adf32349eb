namespace Bridge.Api.Limits;

/// <summary>Which pages of others a browser lets read the API: those of the origins that are listed, compared whole, and none with credentials.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE"];
    private static readonly string[] Sent = ["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer"];
    private static readonly string[] Read = ["ETag", "Location", "Idempotency-Replayed", "Preference-Applied", "RateLimit", "RateLimit-Policy", "Retry-After"];

    /// <summary>Before the quotas, so that a page can read why it was refused; a preflight is answered from the list and asks for nothing.</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app, ApiOptions options)
    {
        var origins = Split(options.CorsOrigins);
        if (origins.Length > 0)
            app.UseCors(policy => policy.WithOrigins(origins).WithMethods(Methods).WithHeaders(Sent).WithExposedHeaders(Read).SetPreflightMaxAge(TimeSpan.FromHours(1)));
    }

    /// <summary>Browsers ask nobody before they open a socket, and let any page read it; they say whose page it is.</summary>
    public static bool MayOpenSocket(HttpRequest request, ApiOptions options) =>
        (string?)request.Headers.Origin is not { Length: > 0 } origin || origin == $"{request.Scheme}://{request.Host}" || Split(options.CorsOrigins).Contains(origin);

    /// <summary>What is wrong with a list of origins, or null.</summary>
    public static string? Fault(string list) => Split(list).FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong
        ? $"'{wrong}' is no origin. Give scheme, host and, if it is not the usual one, port in lower case, such as https://app.example; each by itself, since * and null are anybody."
        : null;

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0 && !text.Contains('*', StringComparison.Ordinal);
}
