using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Bridge.SystemTests.Api;

/// <summary>Reads the changes over a WebSocket.</summary>
internal sealed class SocketFollower : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    public WebSocketCloseStatus? Closed => _socket.CloseStatus;

    public string? Why => _socket.CloseStatusDescription;

    public static async Task<SocketFollower> OpenAsync(Uri api, string query, string? origin = null)
    {
        var follower = new SocketFollower();
        if (origin is not null) follower._socket.Options.SetRequestHeader("Origin", origin);
        follower._socket.Options.CollectHttpResponseDetails = true;
        await follower._socket.ConnectAsync(new UriBuilder(new Uri(api, $"v1/ws{query}")) { Scheme = "ws" }.Uri, default);
        return follower;
    }

    public Task NameAsync(params string[] transfers) => SayAsync(JsonSerializer.Serialize(new { transfers }));

    public Task SayAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, default);

    /// <summary>The next event; null when the server has closed.</summary>
    /// <exception cref="OperationCanceledException">None came within half a minute.</exception>
    public async Task<JsonElement?> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var whole = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonDocument.Parse(whole.ToArray()).RootElement;
        }
    }

    public Task LeaveAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", default);

    public void Dispose() => _socket.Dispose();
}
