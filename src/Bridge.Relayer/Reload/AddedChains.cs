using Bridge.Relayer.Chains;
using Microsoft.Extensions.Hosting;

namespace Bridge.Relayer.Reload;

/// <summary>Makes what a role does on each chain, for one of them.</summary>
public sealed record ChainWorker(Func<IServiceProvider, ChainLink, IHostedService> Make);

/// <summary>Starts, for a chain that is added while this process runs, what runs for the others since its start. None of those is touched.</summary>
public sealed class AddedChains(IServiceProvider services, IEnumerable<ChainWorker> workers, ChainSet chains) : IHostedService
{
    private volatile IReadOnlyList<IHostedService> _started = [];

    /// <summary>In the order of their start.</summary>
    public IReadOnlyList<IHostedService> Started => _started;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_started.Select(worker => worker.StopAsync(cancellationToken)));

    /// <summary>Called by one thread at a time.</summary>
    public async Task AddAsync(ChainLink link, CancellationToken ct)
    {
        chains.Add(link);
        foreach (var worker in workers.Select(worker => worker.Make(services, link)))
        {
            _started = [.. _started, worker];
            await worker.StartAsync(ct);
        }
    }
}
