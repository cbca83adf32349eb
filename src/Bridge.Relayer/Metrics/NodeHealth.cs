using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Reload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Relayer.Metrics;

/// <summary>Whether this process works, told from its own memory: a database that hangs must not hang the answer.</summary>
public sealed class NodeHealth(IServiceProvider services, AddedChains added, MetricsOptions options)
{
    private sealed record Body(string Status, IReadOnlyList<WorkerProgress> Components);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", (HttpContext context) => WriteAsync(context, new Body("ok", [])));
        app.MapGet("/healthz/ready", (HttpContext context) => WriteAsync(context, Read()));
    }

    private Body Read()
    {
        // Asked for here, because this is made while they are.
        var components = services.GetServices<IHostedService>().Concat(added.Started).OfType<Worker>().Select(worker => worker.Progress(TimeSpan.FromSeconds(options.StaleSeconds))).ToList();
        return new Body(components.All(component => component.State == "ok") ? "ok" : "stalled", components);
    }

    private static Task WriteAsync(HttpContext context, Body body)
    {
        context.Response.StatusCode = body.Status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
