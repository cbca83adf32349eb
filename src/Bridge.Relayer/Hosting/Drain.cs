using System.Runtime.InteropServices;
using Bridge.Relayer.Reload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Hosting;

/// <summary>
/// On SIGUSR1 the process begins nothing more, finishes what it has in flight, and ends with exit code 0. What is left then is in the
/// database, where the next process takes it up. Telling it to stop ends that at once, as ever.
/// </summary>
public sealed class Drain(IServiceProvider services, AddedChains added, IHostApplicationLifetime lifetime, ILogger<Drain> log) : IHostedService
{
    /// <summary>Linux's number of it.</summary>
    public const int Signal = 10;

    private PosixSignalRegistration? _registration;
    private int _asked;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux()) _registration = PosixSignalRegistration.Create((PosixSignal)Signal, Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration?.Dispose();
        return Task.CompletedTask;
    }

    private void Hear(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Exchange(ref _asked, 1) == 0) _ = RunAsync();
    }

    private async Task RunAsync()
    {
        // Asked for here, because this is made while they are.
        var workers = services.GetServices<IHostedService>().Concat(added.Started).OfType<Worker>().Where(worker => worker.MustDrain).ToList();
        log.LogWarning("draining: nothing more is begun; waiting for {Workers}", workers.Count == 0 ? "nobody" : string.Join(", ", workers.Select(worker => worker.Component)));
        await Task.WhenAll(workers.Select(async worker =>
        {
            await worker.DrainAsync();
            log.LogInformation("{Component} is drained", worker.Component);
        }));
        log.LogWarning("drained");
        lifetime.StopApplication();
    }
}
