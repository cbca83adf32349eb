using System.Net;
using System.Text.Json;

namespace Bridge.Evm;

/// <summary>Reads replies from a node that may be broken or hostile: bounded, strict, matched to the request by id.</summary>
internal static class RpcReply
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static async Task<JsonDocument> ReadAsync(Uri endpoint, HttpResponseMessage response, int maxBytes, CancellationToken ct)
    {
        var body = await ReadBodyAsync(endpoint, response, maxBytes, ct);
        // Some providers send their JSON-RPC errors under 400 or 429, others a page of HTML.
        if (response.StatusCode is HttpStatusCode.TooManyRequests) throw RateLimited(endpoint, response, body);
        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (response.IsSuccessStatusCode || IsReply(document.RootElement)) return document;
            document.Dispose();
        }
        catch (JsonException e) when (response.IsSuccessStatusCode)
        {
            throw new RpcException(RpcErrorKind.InvalidResponse, endpoint, $"the reply is not JSON: {e.Message}", inner: e);
        }
        catch (JsonException)
        {
            // No JSON under an HTTP error: the status says it all.
        }
        var status = (int)response.StatusCode;
        throw new RpcException(RpcErrorKind.Transport, endpoint, $"HTTP status {status}", status) { MayPass = status >= 500 };
    }

    public static JsonElement Result(Uri endpoint, JsonElement reply, long id)
    {
        if (reply.ValueKind is not JsonValueKind.Object) throw Invalid(endpoint, "the reply is not a JSON object");
        var failed = reply.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null;
        // A node that could not read the request answers an error with id null.
        if (failed && Id(reply) is null) throw RpcErrors.Read(endpoint, error);
        if (Id(reply) != id) throw Invalid(endpoint, $"the reply is to another request than {id}");
        if (failed) throw RpcErrors.Read(endpoint, error);
        return reply.TryGetProperty("result", out var result) ? result : throw Invalid(endpoint, "the reply has neither result nor error");
    }

    public static List<JsonElement> Results(Uri endpoint, JsonElement reply, long[] ids)
    {
        if (reply.ValueKind is JsonValueKind.Object && reply.TryGetProperty("error", out var error)) throw RpcErrors.Read(endpoint, error);
        if (reply.ValueKind is not JsonValueKind.Array) throw Invalid(endpoint, "the reply to a batch is not a JSON array");
        var byId = new Dictionary<long, JsonElement>();
        foreach (var item in reply.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object) throw Invalid(endpoint, "a reply in a batch is not a JSON object");
            if (Id(item) is not { } id) throw item.TryGetProperty("error", out error) ? RpcErrors.Read(endpoint, error) : Invalid(endpoint, "a reply in a batch has no id");
            if (!byId.TryAdd(id, item)) throw Invalid(endpoint, $"two replies to request {id}");
        }
        if (byId.Count > ids.Length) throw Invalid(endpoint, $"{byId.Count} replies to a batch of {ids.Length}");
        return [.. ids.Select(id => byId.TryGetValue(id, out var item)
            ? Result(endpoint, item, id).Clone()
            : throw Invalid(endpoint, $"no reply to request {id} of a batch"))];
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Uri endpoint, HttpResponseMessage response, int maxBytes, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > maxBytes) throw TooLong(endpoint, maxBytes);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > maxBytes) throw TooLong(endpoint, maxBytes);
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static RpcException RateLimited(Uri endpoint, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var after = response.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        var text = RpcErrors.Shorten(System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 300)]));
        return new RpcException(RpcErrorKind.RateLimited, endpoint, $"HTTP status 429: {text}", 429)
        {
            RetryAfter = wait < TimeSpan.Zero ? TimeSpan.Zero : wait,
        };
    }

    private static bool IsReply(JsonElement root) => root.ValueKind is JsonValueKind.Array
        || (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("error", out var e) && e.ValueKind is JsonValueKind.Object);

    private static long? Id(JsonElement reply) =>
        reply.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Number && id.TryGetInt64(out var number) ? number : null;

    private static RpcException TooLong(Uri endpoint, int maxBytes) =>
        new(RpcErrorKind.RangeTooLarge, endpoint, $"the reply is longer than {maxBytes} bytes");

    private static RpcException Invalid(Uri endpoint, string what) => new(RpcErrorKind.InvalidResponse, endpoint, what);
}
