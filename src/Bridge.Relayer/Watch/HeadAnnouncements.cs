using System.Net.WebSockets;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>
/// Rings when a node announces a block (eth_subscribe, newHeads), so that nobody waits for the next look. It is a doorbell: what it says is
/// not even read, and without it everything goes on at the pace of the looks.
/// </summary>
public sealed class HeadAnnouncements(Uri node, Bell bell, ILogger log)
{
    private static readonly byte[] Subscribe = """{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}"""u8.ToArray();
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>One that rings without end has us look this often, and not more.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Until it is cancelled; a connection that fails is made again, later each time.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (var pause = First; !ct.IsCancellationRequested; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                await ListenAsync(() => pause = First, ct);
                log.LogWarning("{Node} announces no blocks any more; asking again in {Seconds:0} s", RpcEndpoint.Describe(node), pause.TotalSeconds);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            // A socket that was given up for its silence says that it was cancelled.
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
            {
                log.LogWarning("{Node} announces no blocks: {Error}; asking again in {Seconds:0} s", RpcEndpoint.Describe(node), e.Message, pause.TotalSeconds);
            }
            await Task.Delay(pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(Action heard, CancellationToken ct)
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        await socket.ConnectAsync(node, ct);
        await socket.SendAsync(Subscribe, WebSocketMessageType.Text, endOfMessage: true, ct);
        var buffer = new byte[4096];
        while (true)
        {
            // As long as a message may be, nothing of it is kept.
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType is WebSocketMessageType.Close) return;
            if (!part.EndOfMessage) continue;
            bell.Ring();
            heard();
            await Task.Delay(Least, ct);
        }
    }
}
