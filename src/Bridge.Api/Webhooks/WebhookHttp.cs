using System.Net.Sockets;

namespace Bridge.Api.Webhooks;

/// <summary>An HTTP client that connects to addresses it has checked itself, follows no redirect, uses no proxy and keeps nothing.</summary>
internal static class WebhookHttp
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static HttpClient Create(WebhookTargets targets) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None, MaxResponseHeadersLength = 16,
        ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, ct) => await ConnectAsync(targets, context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct),
    })
    { Timeout = Timeout };

    /// <summary>What was checked is what is connected to: a name that resolves otherwise a moment later changes nothing.</summary>
    private static async Task<Stream> ConnectAsync(WebhookTargets targets, string host, int port, CancellationToken ct)
    {
        var addresses = await targets.ResolveAsync(host, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
