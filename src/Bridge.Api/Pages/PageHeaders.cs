namespace Bridge.Api.Pages;

/// <summary>What keeps foreign code and foreign frames out of the pages.</summary>
internal static class PageHeaders
{
    /// <summary>Scripts, styles and requests of our own only. Wallets announce their icons as data URLs.</summary>
    /// <param name="nodes">Where the test wallet's local nodes listen; none outside a local deployment.</param>
    public static string Policy(IEnumerable<string> nodes) => string.Join("; ",
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "manifest-src 'self'",
        string.Join(' ', ["connect-src 'self'", .. nodes]), "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'");

    public static void Write(IHeaderDictionary headers, string policy, string cache)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        // Some wallets are windows that must be able to answer.
        headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups";
        headers.CacheControl = cache;
    }
}
