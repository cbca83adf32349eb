using System.Text.Json;
using Bridge.Api.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Streams;

/// <summary>Tells a follower by server-sent events. Its slot is free again afterwards.</summary>
internal sealed class StreamResult(EventPump pump, IDisposable slot) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = slot;
        using var __ = pump;
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            await pump.RunAsync(new EventStream(httpContext, json), httpContext.RequestAborted);
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
}
