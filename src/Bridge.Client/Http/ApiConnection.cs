using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Serialization.Metadata;

namespace Bridge.Client;

/// <summary>Sends requests, again where that helps, and turns errors into exceptions.</summary>
internal sealed class ApiConnection
{
    public const string EventStream = "text/event-stream";

    private readonly HttpClient _http;
    private readonly Uri _base;

    /// <exception cref="ArgumentException">The client has no base address.</exception>
    public ApiConnection(HttpClient http, BridgeClientOptions options)
    {
        var address = http.BaseAddress ?? throw new ArgumentException("Set BaseAddress to the URL of the API, such as https://bridge.example.com/.", nameof(http));
        (_http, Options) = (http, options.Checked());
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    public BridgeClientOptions Options { get; }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) => GetAsync(path, type, null, ct);

    /// <param name="alsoFine">A further status with which the answer is told.</param>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, HttpStatusCode? alsoFine, CancellationToken ct)
    {
        using var response = await SendAsync(() => Request(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, alsoFine, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);
    }

    /// <exception cref="BridgeApiException">The API refuses; what it says of that does not come through.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<ClientWebSocket> OpenSocketAsync(string path, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(_base, path)) { Scheme = _base.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri, _http, ct).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (e is WebSocketException && status > 0) throw new BridgeApiException(Problem.Unread(status, path, e.Message));
            if (e is WebSocketException) throw new HttpRequestException(e.Message, e);
            throw;
        }
    }

    /// <param name="body">Null for a request whose path says it all.</param>
    /// <param name="idempotencyKey">Null where none is needed.</param>
    public async Task<T> PostAsync<T>(string path, Func<HttpContent>? body, string? idempotencyKey, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(Make, HttpCompletionOption.ResponseContentRead, null, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);

        HttpRequestMessage Make()
        {
            var request = Request(HttpMethod.Post, path);
            request.Content = body?.Invoke();
            if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
            return request;
        }
    }

    public async Task DeleteAsync(string path, CancellationToken ct) =>
        (await SendAsync(() => Request(HttpMethod.Delete, path), HttpCompletionOption.ResponseContentRead, null, ct).ConfigureAwait(false)).Dispose();

    /// <summary>An open stream, or 204 where there is nothing more to tell.</summary>
    public Task<HttpResponseMessage> OpenStreamAsync(string path, string? lastEventId, CancellationToken ct) => SendAsync(() =>
    {
        var request = Request(HttpMethod.Get, path);
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return request;
    }, HttpCompletionOption.ResponseHeadersRead, null, ct);

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, HttpCompletionOption completion, HttpStatusCode? alsoFine, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                using var request = make();
                var response = await _http.SendAsync(request, completion, ct).ConfigureAwait(false);
                if (response.IsSuccessStatusCode || response.StatusCode == alsoFine) return response;
                using (response)
                {
                    var problem = await Problem.ReadAsync(response, Options.Time.GetUtcNow(), ct).ConfigureAwait(false);
                    wait = Retries.After(problem, tries, Options) ?? throw new BridgeApiException(problem);
                }
            }
            catch (Exception e) when (IsBroken(e, ct) && tries < Options.MaxTries)
            {
                wait = Retries.Pause(tries);
            }
            await Task.Delay(wait, Options.Time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>The connection failed, or nothing was answered in the client's time; the caller did not give up.</summary>
    public static bool IsBroken(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (Options.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct) =>
        await response.Content.ReadFromJsonAsync(type, ct).ConfigureAwait(false) ?? throw new InvalidDataException($"{response.RequestMessage?.RequestUri} answered null.");
}
