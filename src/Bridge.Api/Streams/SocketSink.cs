using System.Net.WebSockets;
using System.Text.Json;

namespace Bridge.Api.Streams;

/// <summary>One text frame for each event.</summary>
internal sealed class SocketSink(WebSocket socket, JsonSerializerOptions json) : IEventSink
{
    public Task BeginAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task SendAsync(ChangeEventBody body, CancellationToken ct) =>
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(body, json), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, ct);

    /// <summary>The server's pings do that.</summary>
    public Task HeartbeatAsync(CancellationToken ct) => Task.CompletedTask;
}
