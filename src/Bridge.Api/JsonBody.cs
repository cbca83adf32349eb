using System.Text.Json;
using Bridge.Api.Problems;
using Microsoft.AspNetCore.Http.Json;

namespace Bridge.Api;

/// <summary>A request's body, read strictly: one JSON object of known members, each once, and nothing before or behind it.</summary>
internal static class JsonBody
{
    public static readonly ProblemKind WrongType = ProblemKind.ValidationFailed with { Status = StatusCodes.Status415UnsupportedMediaType };

    public const string WrongTypeDetail = "Send the body with Content-Type: application/json.";

    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext context, JsonOptions json, CancellationToken ct) where T : class
    {
        if (!context.Request.HasJsonContentType()) return (null, WrongType.Result(context, WrongTypeDetail));
        var (body, fault) = Parse<T>(await BytesAsync(context.Request, ct), json.SerializerOptions);
        return fault is null ? (body, null) : (null, ProblemKind.ValidationFailed.Result(context, fault));
    }

    /// <summary>What was read, or why it cannot be.</summary>
    public static (T? Body, string? Fault) Parse<T>(byte[] bytes, JsonSerializerOptions json) where T : class
    {
        try
        {
            // A byte order mark is no JSON (RFC 8259, 8.1), and one reader skips it where another does not.
            return JsonSerializer.Deserialize<T>(bytes, json) is { } body ? (body, null) : (null, "The body is null.");
        }
        catch (JsonException e)
        {
            return (null, $"The body cannot be read: {e.Message}");
        }
    }

    /// <summary>As much as the server takes at all: ServerLimits says how much that is.</summary>
    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }
}
