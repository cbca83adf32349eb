using System.Net;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Audit;

/// <summary>A transfer as the API shows it to its users.</summary>
/// <param name="Destination">The transaction that delivered, retried or refunded it, or is trying to; null before there is one.</param>
public sealed record ApiFact(Hash32 Id, string Status, Hash32 Source, Hash32? Destination);

/// <summary>The API could not be asked; the message says what it answered.</summary>
public sealed class ApiException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Reads every transfer through the web API, page by page, as any user can.</summary>
public static class ApiReader
{
    private const int Page = 500;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <exception cref="ApiException">It does not answer, or not with transfers.</exception>
    public static async Task<IReadOnlyDictionary<Hash32, ApiFact>> ReadAsync(Uri api, HttpClient http, CancellationToken ct)
    {
        var facts = new Dictionary<Hash32, ApiFact>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(new Uri(api, $"v1/transfers?limit={Page}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"), http, ct);
            foreach (var fact in page.GetProperty("transfers").EnumerateArray().Select(Read)) facts[fact.Id] = fact;
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return facts;
    }

    /// <summary>As often as the API wants to be asked: it limits what one reader gets in a minute.</summary>
    private static async Task<HttpResponseMessage> AskAsync(Uri url, HttpClient http, CancellationToken ct)
    {
        while (true)
        {
            var response = await http.GetAsync(url, ct);
            if (response.StatusCode is not HttpStatusCode.TooManyRequests) return response;
            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            response.Dispose();
            await Task.Delay(wait < LongestWait ? wait : LongestWait, ct);
        }
    }

    private static async Task<JsonElement> PageAsync(Uri url, HttpClient http, CancellationToken ct)
    {
        try
        {
            using var response = await AskAsync(url, http, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return response.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new ApiException($"{url} answered {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new ApiException($"{url} cannot be read: {e.Message}", e);
        }
    }

    private static ApiFact Read(JsonElement transfer) => new(
        Hash32.Parse(transfer.GetProperty("transferId").GetString()!),
        transfer.GetProperty("status").GetString()!,
        Hash32.Parse(transfer.GetProperty("source").GetProperty("txHash").GetString()!),
        transfer.GetProperty("destination").TryGetProperty("txHash", out var hash) && hash.GetString() is { } text ? Hash32.Parse(text) : null);
}
