using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bridge.SystemTests.Harness;

/// <summary>Stands between a program and a server. It can forward a request and lose the answer, or swallow everything while it keeps the connections open.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private volatile string? _loseAnswerTo;
    private volatile bool _swallows;
    private int _lost;
    private int _accepted;

    private TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public static TcpProxy Before(string host, int port) => new(host, port);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were opened so far.</summary>
    public int Accepted => _accepted;

    /// <summary>How many answers were lost so far.</summary>
    public int Lost => _lost;

    /// <summary>The next request that contains the text reaches the server, and its answer reaches nobody: the connection breaks instead.</summary>
    public void LoseNextAnswerTo(string text) => _loseAnswerTo = text;

    /// <summary>Half open: connections stay, and nothing goes through.</summary>
    public bool Swallows { set => _swallows = value; }

    /// <summary>Breaks every connection that is open now.</summary>
    public void Cut()
    {
        while (_open.TryTake(out var client)) client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var client in _open) client.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _open.Add(client);
        _open.Add(server);
        try
        {
            await server.ConnectAsync(_host, _port, _end.Token);
            var (near, far, loses) = (client.GetStream(), server.GetStream(), new StrongBox());
            await Task.WhenAny(UpAsync(near, far, loses), DownAsync(far, near, loses));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side went; the other one follows.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task UpAsync(NetworkStream near, NetworkStream far, StrongBox loses)
    {
        var buffer = new byte[64 * 1024];
        while (await near.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (_swallows) continue;
            if (_loseAnswerTo is { } text && Encoding.Latin1.GetString(buffer, 0, count).Contains(text, StringComparison.Ordinal))
            {
                _loseAnswerTo = null;
                loses.Value = true;
            }
            await far.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }

    private async Task DownAsync(NetworkStream far, NetworkStream near, StrongBox loses)
    {
        var buffer = new byte[64 * 1024];
        while (await far.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (_swallows) continue;
            if (loses.Value)
            {
                Interlocked.Increment(ref _lost);
                return;
            }
            await near.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }

    private sealed class StrongBox
    {
        public volatile bool Value;
    }
}
