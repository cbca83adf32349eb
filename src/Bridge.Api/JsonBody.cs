using System.Text.Json;
using Bridge.Api.Problems;
using Microsoft.AspNetCore.Http.Json;

namespace Bridge.Api;

/// <summary>A request's body, read strictly: one JSON object of known members, each once, and nothing behind it.</summary>
internal static class JsonBody
{
    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext context, JsonOptions json, CancellationToken ct) where T : class
    {
        if (!context.Request.HasJsonContentType())
            return (null, (ProblemKind.ValidationFailed with { Status = StatusCodes.Status415UnsupportedMediaType }).Result(context, "Send application/json."));
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, json.SerializerOptions, ct);
            return body is null ? (null, ProblemKind.ValidationFailed.Result(context, "The body is null.")) : (body, null);
        }
        catch (JsonException e)
        {
            return (null, ProblemKind.ValidationFailed.Result(context, $"The body cannot be read: {e.Message}"));
        }
    }
}
