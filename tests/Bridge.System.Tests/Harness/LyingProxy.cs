using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.SystemTests.Harness;

/// <summary>Stands before a real node and answers some methods in its place.</summary>
internal sealed class LyingProxy : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _node = new();
    private readonly Uri _behind;
    private readonly Task _serving;

    private LyingProxy(Uri behind, int port)
    {
        (_behind, Url) = (behind, new Uri($"http://127.0.0.1:{port}/"));
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>The result instead of the node's, by method. An entry of null is the JSON null.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, JsonNode?> Lies { get; } = [];

    public static LyingProxy Before(Anvil chain)
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        return new LyingProxy(chain.Url, port);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _node.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // Stopped.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var asked = await reader.ReadToEndAsync();
            using var reply = await _node.PostAsync(_behind, new StringContent(asked, Encoding.UTF8, "application/json"));
            var said = Altered(JsonNode.Parse(asked)!, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said.ToJsonString()));
        }
        finally
        {
            context.Response.Close();
        }
    }

    private JsonNode Altered(JsonNode asked, JsonNode said)
    {
        if (asked is JsonObject call && Lies.TryGetValue((string)call["method"]!, out var lie))
            return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone(), ["result"] = lie?.DeepClone() };
        return said;
    }
}
