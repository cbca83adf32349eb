using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Delivers to one destination. One process holds an account's nonces at a time; another takes over when its lease runs out.</summary>
public sealed class Executor(
    ChainLink destination, ExecutorKey key, ExecutorOptions options, ChainSet chains, LeaseStore leases, SubmissionStore journal, HaltStore halts,
    DeliveryPlanner planner, TransactionDriver driver, Bell certified, DirectoryStore directory, ILogger<Executor> log)
    : Worker($"execute {destination.Id}", directory, log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Guid _holder = Guid.NewGuid();
    private readonly TimeSpan _term = TimeSpan.FromSeconds(options.LeaseSeconds);
    private Lease? _lease;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (await HoldAsync(ct) is not { } lease) return "another process holds this account's lease";
        var final = await destination.FinalAsync(ct);
        foreach (var open in await journal.OpenAsync(destination.Id, key.Address, ct)) await driver.DriveAsync(destination, open, final.Height, lease, ct);

        var busy = (await journal.OpenAsync(destination.Id, key.Address, ct))
            .Where(s => s.Status is not SubmissionStatus.Mined).Select(s => s.Lane).ToHashSet();
        await Each.DoAsync(
            chains.Lanes.Where(lane => lane.Destination == destination.Id && !busy.Contains(lane)), lane => DeliverAsync(lane, lease, ct), ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => certified.WaitAsync(Patience, ct);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_lease is { } lease) await leases.ReleaseAsync(lease, cancellationToken);
    }

    private async Task DeliverAsync(Lane lane, Lease lease, CancellationToken ct)
    {
        if (await halts.CurrentAsync(lane, ct) is { } halt)
        {
            log.LogWarning("lane {Lane} is halted: {Reason}", lane, halt.Reason);
            return;
        }
        if (await planner.PlanAsync(lane, key.Address, options.MaxBatch, options.MaxGas, ct) is { } plan) await driver.SubmitAsync(destination, plan, lease, ct);
    }

    private async Task<Lease?> HoldAsync(CancellationToken ct)
    {
        if (_lease is { } held && await leases.RenewAsync(held, _term, ct)) return held;
        return _lease = await leases.TryAcquireAsync($"{destination.Id}:{key.Address}", _holder, _term, ct);
    }
}
