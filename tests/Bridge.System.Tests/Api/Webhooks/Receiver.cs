using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bridge.SystemTests.Api.Webhooks;

/// <summary>What a receiver got.</summary>
internal sealed record Received(Dictionary<string, string> Headers, string Body, string Path);

/// <summary>Somebody's HTTP server that is told things. It answers as the test wants, or not at all.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <param name="answer">The raw answer to the n-th request, counted from 0; null: none, and the connection stays open.</param>
    public Receiver(Func<int, string?> answer)
    {
        _listener.Start();
        _loop = Task.Run(() => LoopAsync(answer));
    }

    public ConcurrentQueue<Received> Got { get; } = new();

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

    public static string Status(int code, string body = "") => $"HTTP/1.1 {code} Status\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync(Func<int, string?> answer)
    {
        var held = new List<TcpClient>();
        for (var count = 0; !_stop.IsCancellationRequested; count++)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
            held.Add(client);
            var reply = answer(count);
            _ = Task.Run(() => AnswerAsync(client, reply));
        }
        foreach (var client in held) client.Dispose();
    }

    private async Task AnswerAsync(TcpClient client, string? reply)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line) headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
            var body = new char[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
            await reader.ReadBlockAsync(body, _stop.Token);
            Got.Enqueue(new Received(headers, new string(body), path));
            if (reply is null) return;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply), _stop.Token);
            client.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over, or the caller hung up.
        }
    }
}
