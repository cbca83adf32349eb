using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bridge.Client;

/// <summary>Changes over one WebSocket: for following many transfers, whose list may change meanwhile.</summary>
public sealed class ChangeSocket : IDisposable
{
    private readonly ClientWebSocket _socket;

    internal ChangeSocket(ClientWebSocket socket) => _socket = socket;

    /// <summary>Why the API has closed it; null while it is open, or where it broke without a word.</summary>
    public string? ClosedBecause => _socket.CloseStatusDescription;

    /// <summary>From now on only these are told; they take the place of the ones before.</summary>
    /// <param name="transfers">Ids, at most 1,000.</param>
    /// <exception cref="WebSocketException">It is closed.</exception>
    public Task NameAsync(IReadOnlyList<string> transfers, CancellationToken ct = default) => _socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(new FollowedTransfers(transfers), ApiJson.Default.FollowedTransfers), WebSocketMessageType.Text, endOfMessage: true, ct);

    /// <summary>Each change as it comes, until the API closes. Open another one behind the last id to go on.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async IAsyncEnumerable<ChangeEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), ct).ConfigureAwait(false);
            if (part.MessageType is WebSocketMessageType.Close) yield break;
            whole.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            yield return JsonSerializer.Deserialize(whole.GetBuffer().AsSpan(0, (int)whole.Length), ApiJson.Default.ChangeEvent)!;
            whole.SetLength(0);
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>What is said over a socket.</summary>
internal sealed record FollowedTransfers(IReadOnlyList<string> Transfers);
