using System.Net.WebSockets;
using System.Text.Json;

namespace Bridge.Api.Streams;

/// <summary>One text frame for each event.</summary>
internal sealed class SocketSink(WebSocket socket, JsonSerializerOptions json) : IEventSink
{
    /// <summary>A follower that takes nothing for so long is gone.</summary>
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);

    public Task BeginAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task SendAsync(ChangeEventBody body, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(WriteLimit);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(body, json), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, limit.Token);
    }

    /// <summary>The server's pings do that.</summary>
    public Task HeartbeatAsync(CancellationToken ct) => Task.CompletedTask;
}
