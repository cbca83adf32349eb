using Bridge.Relayer.Bus;
using Bridge.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Relay;

/// <summary>The API has no bus: it writes a row and notifies, and this listener rings. A missed notice only costs the relay's own patience.</summary>
public sealed class IntakeListener(AttestationStore attestations, Bells bells, ILogger<IntakeListener> log) : BackgroundService
{
    public const string Channel = "attestation_offered";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in attestations.ListenAsync(Channel, stoppingToken)) bells.Offered.Ring();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning("not listening for attestations: {Error}. Trying again", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
