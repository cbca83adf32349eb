using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.SystemTests.Harness;

/// <param name="Service">Which process wrote it: its service.instance.id.</param>
internal sealed record ReceivedSpan(string TraceId, string ParentId, string Name, string Service);

/// <summary>A collector that takes OTLP over HTTP, in protobuf, as opentelemetry-proto's trace service says.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<ReceivedSpan> _spans = [];

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapPost("/v1/traces", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            foreach (var span in Read(body.ToArray())) _spans.Add(span);
        });
    }

    public string Url => _app.Urls.Single();

    public IEnumerable<ReceivedSpan> Spans => _spans;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IEnumerable<ReceivedSpan> Read(byte[] request) =>
        from resourceSpans in Fields(request, 1)
        let service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1)).Where(pair => Text(pair, 1) == "service.instance.id").Select(pair => Text(Fields(pair, 2).Single(), 1)).FirstOrDefault("")
        from scopeSpans in Fields(resourceSpans, 2)
        from span in Fields(scopeSpans, 2)
        select new ReceivedSpan(Hex(span, 1), Hex(span, 4), Text(span, 5), service);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault([]));

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault([]));

    /// <summary>The length-delimited values of one field of a protobuf message; others are passed over.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var (found, at) = (new List<byte[]>(), 0);
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), 0 => Skip(message, ref at), _ => throw new InvalidDataException($"wire type {key & 7}") };
            if ((key & 7) == 2 && (int)(key >> 3) == field) found.Add(message[at..(at + length)]);
            at += length;
        }
        return found;
    }

    private static int Skip(byte[] message, ref int at)
    {
        Varint(message, ref at);
        return 0;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}
