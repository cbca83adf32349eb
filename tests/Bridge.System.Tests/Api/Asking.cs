using System.Text;
using System.Text.Json;

namespace Bridge.SystemTests.Api;

/// <summary>A caller with a key, and with an Idempotency-Key where one is needed.</summary>
internal sealed class Asking(Uri url, string? key = null)
{
    // Paths are sent as they are written.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, []);

    /// <summary>Under an Idempotency-Key of its own.</summary>
    public Task<Answer> PostAsync(string path, object? body = null) => PostAsync(path, body, Guid.NewGuid().ToString());

    public Task<Answer> PostAsync(string path, object? body, string idempotencyKey, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonSerializer.Serialize(body), [("Idempotency-Key", idempotencyKey), .. headers]);

    /// <summary>Bytes as they are, under an Idempotency-Key of their own.</summary>
    public Task<Answer> SendAsync(string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendContentAsync(HttpMethod.Post, path, content, [("Idempotency-Key", Guid.NewGuid().ToString())]);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, string? body, (string Name, string Value)[] headers) =>
        SendContentAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    private async Task<Answer> SendContentAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(url.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType,
            response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
