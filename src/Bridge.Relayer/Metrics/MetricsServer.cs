using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Metrics;

/// <summary>Answers GET /metrics for Prometheus: what this process counted, and how the organisation's database stands at this moment; and whether this process works.</summary>
public sealed class MetricsServer(
    MetricsOptions options, InstrumentCollector process, StandingQueries standing, OperationQueries operation, QueueDepths queues, NodeHealth health, ILogger<MetricsServer> log)
    : IHostedService
{
    private WebApplication? _app;

    /// <summary>What it listens on, once it does.</summary>
    public IReadOnlyCollection<string> Urls => _app is { } app ? [.. app.Urls] : [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';'));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/metrics", async (HttpContext context) => await context.Response.WriteAsync(await ScrapeAsync(context), context.RequestAborted));
        health.Map(_app);
        await _app.StartAsync(cancellationToken);
        log.LogInformation("metrics at {Urls}", string.Join(", ", _app.Urls.Select(url => url + "/metrics")));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app) await app.DisposeAsync();
    }

    private async Task<string> ScrapeAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        List<Sample> samples = [new("bridge_build_info", 1, [("version", Build.Version)]), .. process.Samples(), .. await queues.ReadAsync(context.RequestAborted)];
        try
        {
            samples.AddRange(StandingSamples.Of(await standing.ReadAsync(context.RequestAborted)));
            samples.AddRange(StandingSamples.Of(await operation.ReadAsync(context.RequestAborted)));
        }
        catch (Exception e) when (DatabaseFault.Of(e) is not null)
        {
            // An exporter that fails with the database would hide that it is the database.
            samples.RemoveAll(sample => sample.Name == "bridge_database_up");
            samples.Add(new Sample("bridge_database_up", 0, []));
            log.LogWarning("the database did not answer a scrape: {Error}", e.Message);
        }
        return PrometheusText.Write(samples, process.Histograms(), MetricHelp.All);
    }
}
