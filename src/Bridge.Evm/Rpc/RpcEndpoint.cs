using System.Net.Http.Headers;
using System.Text.Json;
using Polly;

namespace Bridge.Evm;

/// <summary>JSON-RPC 2.0 over HTTP with one node. Safe for concurrent use; the <see cref="HttpClient"/> keeps connections alive.</summary>
public sealed class RpcEndpoint
{
    /// <summary>Calls in one HTTP request; providers refuse more than 100 to 1,000.</summary>
    private const int MaxBatch = 100;

    private readonly HttpClient _http;
    private readonly RpcOptions _options;
    private readonly ResiliencePipeline _retry;
    private long _lastId;

    /// <exception cref="ArgumentException">Not an absolute http or https address, or options out of range.</exception>
    public RpcEndpoint(Uri url, HttpClient http, RpcOptions options)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            throw new ArgumentException("An RPC endpoint is an absolute http or https address.", nameof(url));
        (Url, _http, _options, _retry) = (url, http, options.Checked(), RpcRetry.Pipeline(options));
    }

    public Uri Url { get; }

    internal RpcOptions Options => _options;

    /// <summary>The address without path, query and user: those often hold an API key.</summary>
    public static string Describe(Uri url) => $"{url.Scheme}://{url.Host}:{url.Port}";

    /// <exception cref="RpcException">The node failed, refused, or answered in another form.</exception>
    public async Task<JsonElement> CallAsync(string method, object?[] parameters, CancellationToken ct) =>
        await RpcMeter.CountedAsync(_options.Chain, method, () => _retry.ExecuteAsync(async token =>
        {
            var request = new RpcRequest(Interlocked.Increment(ref _lastId), method, parameters);
            using var reply = await PostAsync(JsonSerializer.SerializeToUtf8Bytes(request), token);
            return RpcReply.Result(Url, reply.RootElement, request.Id).Clone();
        }, ct));

    /// <summary>Results in the order of the calls, however the node ordered them.</summary>
    /// <exception cref="RpcException">One call failed: its error, and no results.</exception>
    public async Task<IReadOnlyList<JsonElement>> BatchAsync(
        IReadOnlyList<(string Method, object?[] Parameters)> calls, CancellationToken ct)
    {
        var results = new List<JsonElement>(calls.Count);
        foreach (var chunk in calls.Chunk(MaxBatch))
            results.AddRange(await RpcMeter.CountedAsync(_options.Chain, chunk[0].Method, () => _retry.ExecuteAsync(async token => await PostBatchAsync(chunk, token), ct)));
        return results;
    }

    private async Task<List<JsonElement>> PostBatchAsync((string Method, object?[] Parameters)[] calls, CancellationToken ct)
    {
        var requests = calls.Select(call => new RpcRequest(Interlocked.Increment(ref _lastId), call.Method, call.Parameters)).ToArray();
        using var reply = await PostAsync(JsonSerializer.SerializeToUtf8Bytes(requests), ct);
        return RpcReply.Results(Url, reply.RootElement, requests.Select(r => r.Id).ToArray());
    }

    private async Task<JsonDocument> PostAsync(byte[] body, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await RpcReply.ReadAsync(Url, response, _options.MaxResponseBytes, limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new RpcException(RpcErrorKind.Timeout, Url, $"no reply within {_options.Timeout.TotalSeconds:0.###} s", inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RpcException(RpcErrorKind.Transport, Url, e.Message, inner: e) { MayPass = true };
        }
    }
}
