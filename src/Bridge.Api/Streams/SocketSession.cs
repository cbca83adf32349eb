using System.Net.WebSockets;

namespace Bridge.Api.Streams;

/// <summary>One open socket: events go out while the names of transfers come in, until either side ends it.</summary>
/// <param name="begin">Called once it is known what to tell: what happens before is stored, and told from there.</param>
internal sealed class SocketSession(WebSocket socket, NamedTransfers names, Func<EventPump> begin)
{
    private static readonly TimeSpan NamesLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IEventSink sink, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var telling = TellAsync(sink, over.Token);
        var listening = ListenAsync(over.Token);
        var first = await Task.WhenAny(telling, listening);
        var (status, reason) = await OutcomeAsync(first);
        // Before anything is cancelled: a receive that is cancelled takes the socket with it.
        await CloseAsync(status, reason);
        over.CancelAfter(CloseLimit);
        // How they end does not matter any more.
        Task rest = first == listening ? DrainAsync(over.Token) : listening;
        await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
        Task both = Task.WhenAll(telling, listening);
        await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> TellAsync(IEventSink sink, CancellationToken ct)
    {
        try
        {
            await names.Ready.WaitAsync(NamesLimit, ct);
        }
        catch (TimeoutException)
        {
            return (WebSocketCloseStatus.PolicyViolation, "no transfers were named within ten seconds");
        }
        try
        {
            using var pump = begin();
            await pump.RunAsync(sink, ct);
        }
        catch (TimeoutException)
        {
            return (WebSocketCloseStatus.InternalServerError, "the changes cannot be read now; try again in a few seconds");
        }
        return (WebSocketCloseStatus.EndpointUnavailable, "come back with after= the last id you have");
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> ListenAsync(CancellationToken ct)
    {
        var buffer = new byte[NamedTransfers.FrameBytes];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                if (length == buffer.Length) return (WebSocketCloseStatus.MessageTooBig, $"at most {NamedTransfers.FrameBytes} bytes");
                part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType is WebSocketMessageType.Close) return (WebSocketCloseStatus.NormalClosure, "");
            if (part.MessageType is WebSocketMessageType.Binary) return (WebSocketCloseStatus.InvalidMessageType, "text only");
            if (names.Take(buffer.AsSpan(0, length)) is { } fault) return (WebSocketCloseStatus.InvalidPayloadData, fault);
        }
    }

    /// <summary>A connection that is closed with bytes unread is reset, and the reason would be lost with it.</summary>
    private async Task DrainAsync(CancellationToken ct)
    {
        var buffer = new byte[4096];
        while (socket.State is WebSocketState.CloseSent) await socket.ReceiveAsync(buffer.AsMemory(), ct);
    }

    /// <summary>A follower that left without a word, or does not read, is not told why.</summary>
    private static async Task<(WebSocketCloseStatus, string)> OutcomeAsync(Task<(WebSocketCloseStatus, string)> task)
    {
        try
        {
            return await task;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            return (WebSocketCloseStatus.EndpointUnavailable, "");
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, reason, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
