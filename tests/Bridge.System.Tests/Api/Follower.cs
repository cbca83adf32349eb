using System.Net;
using System.Text.Json;

namespace Bridge.SystemTests.Api;

internal sealed record StreamEvent(string? Id, string Type, JsonElement Data);

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class Follower : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 }) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private Follower(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    public HttpStatusCode Status => _response.StatusCode;

    public static async Task<Follower> OpenAsync(Uri url, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Follower(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the stream's end.</summary>
    /// <exception cref="OperationCanceledException">None came within the time.</exception>
    public async Task<StreamEvent?> NextAsync(int seconds = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var (id, type, data) = ((string?)null, "message", (string?)null);
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data is not null) return new StreamEvent(id, type, JsonDocument.Parse(data).RootElement);
        }
        return null;
    }

    public async Task<string> TextAsync() => await _reader.ReadToEndAsync();

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
