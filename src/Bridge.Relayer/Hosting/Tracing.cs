using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bridge.Relayer.Hosting;

/// <summary>Hands the spans of transfers to a collector, by OTLP over HTTP. A collector that is away costs spans and nothing else.</summary>
public sealed class Tracing(BridgeOptions options) : IHostedService, IDisposable
{
    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(TransferTrace.SourceName)
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("bridge", serviceInstanceId: $"{options.Bus.Node}.{string.Join('+', options.Roles)}"))
            .AddOtlpExporter(otlp =>
            {
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Endpoint = new Uri(options.Tracing.Endpoint.TrimEnd('/') + "/v1/traces");
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
