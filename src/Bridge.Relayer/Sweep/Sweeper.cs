using Bridge.Relayer.Bus;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Sweep;

/// <summary>
/// Applies every stored fact again and rings every bell: what a lost doorbell or a crash left behind moves on. Removes what the intake judged
/// long ago, and says what is parked.
/// </summary>
public sealed class Sweeper(
    LiveOptions options, TransferStore transfers, AttestationStore attestations, ParkedStore parked, Bells bells, DirectoryStore directory, ILogger<Sweeper> log)
    : Worker("sweep", directory, log)
{
    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var moved = await transfers.ReconcileAsync(ct);
        if (moved > 0) log.LogInformation("the sweep moved {Count} transfers on", moved);
        bells.RingAll();
        await attestations.PurgeAsync(ct);
        var depth = await parked.DepthAsync(ct);
        return depth == 0 ? null : $"{depth} messages of the bus are parked; see 'bridge parked list'";
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(options.Now.Sweeper.IntervalSeconds), ct);
}
