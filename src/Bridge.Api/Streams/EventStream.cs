using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bridge.Api.Streams;

/// <summary>Server-sent events, as the HTML standard defines them.</summary>
internal sealed class EventStream(HttpContext context, JsonSerializerOptions json) : IEventSink
{
    public const string MediaType = "text/event-stream";

    public static bool IsWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The header that browsers send when they come back, or ?after= for those that cannot set one.</summary>
    /// <returns>Null where neither is given.</returns>
    /// <exception cref="BadHttpRequestException">It is no id of an event.</exception>
    public static long? LastEventId(HttpRequest request)
    {
        var given = (string?)request.Headers["Last-Event-ID"] is { Length: > 0 } header ? header : (string?)request.Query["after"];
        if (string.IsNullOrEmpty(given)) return null;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new BadHttpRequestException("Last-Event-ID, or after, is not the id of an event: expected a whole number.");
    }

    public async Task BeginAsync(CancellationToken ct)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // A proxy that collects output would hold events back.
        await WriteAsync("retry: 2000\n\n", ct);
    }

    public Task SendAsync(ChangeEventBody body, CancellationToken ct) =>
        WriteAsync($"id: {body.Id}\nevent: {body.Type}\ndata: {JsonSerializer.Serialize(body, json)}\n\n", ct);

    /// <summary>Keeps proxies from closing a silent connection.</summary>
    public Task HeartbeatAsync(CancellationToken ct) => WriteAsync(": still here\n\n", ct);

    private async Task WriteAsync(string text, CancellationToken ct)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await context.Response.Body.FlushAsync(ct);
    }
}
