using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Streams;

/// <summary>Tells a follower over a WebSocket. Its slot is free again afterwards.</summary>
internal sealed class SocketResult(Func<EventPump> begin, NamedTransfers names, IDisposable slot) : IResult
{
    /// <summary>A follower that answers no ping for so long is gone; proxies see that the connection lives.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = slot;
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var socket = await httpContext.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
        await new SocketSession(socket, names, begin).RunAsync(new SocketSink(socket, json), httpContext.RequestAborted);
    }
}
