using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Bridge.SystemTests.Harness;

/// <summary>A server in front of a node that may falsify what the node says. Which way can change while it runs.</summary>
internal sealed class LyingProxy : IAsyncDisposable
{
    private readonly HttpClient _node = new();
    private readonly HttpListener _server = new();
    private readonly Uri _behind;
    private readonly Task _serving;

    public LyingProxy(Uri behind)
    {
        _behind = behind;
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();
        _server.Prefixes.Add(Url.ToString());
        _server.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Changes the result of a method, given its name and the whole reply.</summary>
    public Action<string, JsonObject> Alter { get; set; } = (_, _) => { };

    public async ValueTask DisposeAsync()
    {
        _server.Close();
        await _serving;
        _node.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _server.GetContextAsync();
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var asked = (await JsonNode.ParseAsync(context.Request.InputStream))!;
            using var reply = await _node.PostAsync(_behind, new StringContent(asked.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
            var said = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
            foreach (var call in asked is JsonArray calls ? calls : [asked.DeepClone()])
                Alter((string)call!["method"]!, (said is JsonArray replies ? replies.First(r => (long)r!["id"]! == (long)call["id"]!)! : said).AsObject());
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(said.ToJsonString()));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpRequestException or HttpListenerException or IOException or ObjectDisposedException)
        {
            // A process was killed at one end of it.
            context.Response.Abort();
        }
    }
}
