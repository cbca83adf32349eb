using Bridge.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

/// <summary>Rings when the API notifies on a channel of the database. A missed notice only costs the worker's own patience.</summary>
public sealed class NoticeListener(string channel, Action ring, AttestationStore store, ILogger<NoticeListener> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in store.ListenAsync(channel, stoppingToken)) ring();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning("not listening on {Channel}: {Error}. Trying again", channel, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
