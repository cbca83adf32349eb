using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Client;

/// <summary>An error as the API tells it: RFC 9457 with members of its own.</summary>
/// <param name="Type">The path of its playbook.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, such as TRANSFER_NOT_INDEXED; UNKNOWN where the answer was not the API's.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="Errors">By field or parameter, what is wrong with it.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, string Code, bool Retryable, string TraceId, int? RetryAfterSeconds = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null)
{
    /// <summary>How long to wait before asking again, by the header or the body; null where neither says.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further members, such as indexedTo, rejected or params.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }

    internal static async Task<Problem> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken ct)
    {
        var told = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await TryReadAsync(response, ct).ConfigureAwait(false) : null;
        var problem = told ?? Unread(
            response.StatusCode, response.RequestMessage?.RequestUri?.AbsolutePath ?? "", $"Something on the way answered {(int)response.StatusCode} and not the API.", response.ReasonPhrase ?? "");
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? (header.Date is { } at ? at - now : null) : null;
        var wait = asked ?? (problem.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return problem with { RetryAfter = wait < TimeSpan.Zero ? TimeSpan.Zero : wait };
    }

    /// <summary>An answer of which no more is known than its status.</summary>
    internal static Problem Unread(HttpStatusCode status, string path, string detail, string title = "") =>
        new("about:blank", title, (int)status, detail, path, "UNKNOWN", (int)status is 429 or 502 or 503 or 504, "");

    private static async Task<Problem?> TryReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ApiJson.Default.Problem, ct).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null; // Cut short on the way: told as what it is, an answer that is not the API's.
        }
    }
}
