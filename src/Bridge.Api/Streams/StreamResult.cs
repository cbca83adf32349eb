using System.Text.Json;
using Bridge.Api.Problems;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Streams;

/// <summary>Writes what is stored behind an id, then what comes, until it is over or the follower leaves. Its slot is free again afterwards.</summary>
/// <param name="stored">Events in (after, up to], in order; null: from now on.</param>
/// <param name="isLast">True for the event with which the stream ends.</param>
internal sealed class StreamResult(
    FeedSubscription changes, IDisposable slot, Func<long, IAsyncEnumerable<ChangeEventBody>>? stored, Func<ChangeEventBody, bool> isLast) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = slot;
        using var __ = changes;
        var ct = httpContext.RequestAborted;
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            var from = await changes.From.WaitAsync(StartLimit, ct);
            await WriteAsync(new EventStream(httpContext, json), from, ct);
        }
        catch (TimeoutException) when (!httpContext.Response.HasStarted)
        {
            await ProblemKind.Unavailable.Result(httpContext, "The changes cannot be read from the database now.").ExecuteAsync(httpContext);
        }
        catch (OperationCanceledException)
        {
            // The follower left, does not read, or this process stops: it comes back with Last-Event-ID.
            httpContext.Abort();
        }
    }

    private async Task WriteAsync(EventStream stream, long from, CancellationToken ct)
    {
        await stream.BeginAsync(ct);
        if (stored is not null)
            await foreach (var known in stored(from).WithCancellation(ct))
            {
                await stream.SendAsync(known, ct);
                if (isLast(known)) return;
            }
        while (!changes.HasEnded)
        {
            if (await changes.NextAsync(Heartbeat, ct) is not { } item)
            {
                await stream.HeartbeatAsync(ct);
                continue;
            }
            var body = ChangeEventBody.Of(item);
            await stream.SendAsync(body, ct);
            if (isLast(body)) return;
        }
    }
}
