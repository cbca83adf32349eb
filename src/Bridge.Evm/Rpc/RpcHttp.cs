using System.Net;

namespace Bridge.Evm;

/// <summary>The one way to make the HTTP client that endpoints share.</summary>
public static class RpcHttp
{
    /// <summary>Keeps connections, follows no redirects (they would carry requests to a host nobody configured), has no cookies.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        // RpcOptions.Timeout limits each call.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
