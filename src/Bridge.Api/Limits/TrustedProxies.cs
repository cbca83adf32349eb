using Microsoft.AspNetCore.HttpOverrides;

namespace Bridge.Api.Limits;

internal static class TrustedProxies
{
    /// <summary>X-Forwarded-For of those that are named, each hop in turn; from anybody else it is only a header.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, ApiOptions options)
    {
        var trusted = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        trusted.KnownProxies.Clear();
        trusted.KnownIPNetworks.Clear();
        foreach (var (_, network) in options.Proxies()) trusted.KnownIPNetworks.Add(network!.Value);
        if (trusted.KnownIPNetworks.Count > 0) app.UseForwardedHeaders(trusted);
    }
}
