using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>An account is left alone until a person acts; the message says why and how.</summary>
public sealed class QuarantineException(Quarantine quarantine) : Exception(quarantine.Reason);

/// <summary>Delivers to one destination. One process holds an account's nonces at a time; another takes over when its lease runs out.</summary>
public sealed class Executor(
    ChainLink destination, ExecutorKey key, LiveOptions options, ChainSet chains, LeaseStore leases, SubmissionStore journal, HaltStore halts,
    AccountGuard guard, RequestStore requests, RolePauseStore pauses, DeliveryPlanner planner, LanePatience patience, DeliveryWorth worth, Submitter submitter, TransactionDriver driver, Bell certified, DirectoryStore directory,
    ILogger<Executor> log)
    : Worker($"execute {destination.Id}", directory, log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Guid _holder = Guid.NewGuid();
    private readonly TimeSpan _term = TimeSpan.FromSeconds(options.Now.Executor.LeaseSeconds);
    private Lease? _lease;
    private string? _lowWater;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (await HoldAsync(ct) is not { } lease) return "another process holds this account's lease";
        var account = await guard.LookAsync(destination, lease, ct);
        var open = await journal.OpenAsync(destination.Id, key.Address, ct);
        var asked = await requests.OfOpenAsync(await requests.OfExecutorAsync(destination.Id, key.Address, ct), open.Select(one => one.Id), ct);
        await Each.DoAsync(open, one => driver.DriveAsync(account, one, open.Any(other => other.InFlight && other.Nonce > one.Nonce), asked.GetValueOrDefault(one.Id), ct), ct);
        await ProgressedAsync("what is underway was looked at", ct);
        if (account.Quarantine is { } quarantine && !IsDraining) throw new QuarantineException(quarantine);
        if (IsDraining) return "draining: nothing new is delivered";
        if (await pauses.CurrentAsync(Roles.Execute, ct) is { } pause) return pause.ToString();

        var underway = (await journal.OpenAsync(destination.Id, key.Address, ct)).Where(one => one.InFlight).ToLookup(one => one.Lane);
        var notes = new List<string>();
        await Each.DoAsync(
            chains.Lanes.Where(lane => lane.Destination == destination.Id), async lane => { if (await DeliverAsync(account, lane, [.. underway[lane]], ct) is { } note) notes.Add(note); }, ct);
        if (_lowWater is { } low) notes.Add(low);
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }

    public override bool MustDrain => true;

    /// <summary>What waits for finality alone is taken up by the next process.</summary>
    protected override async Task<bool> IsDrainedAsync(CancellationToken ct) =>
        _lease is null || !(await journal.OpenAsync(destination.Id, key.Address, ct)).Any(one => one.InFlight);

    protected override Task WaitAsync(CancellationToken ct) => certified.WaitAsync(Patience, ct);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_lease is { } lease) await leases.ReleaseAsync(lease, cancellationToken);
    }

    /// <summary>One delivery after the other, as many as may be underway. Says what the lane waits for, if a person should know.</summary>
    private async Task<string?> DeliverAsync(AccountView account, Lane lane, List<Submission> underway, CancellationToken ct)
    {
        for (var count = underway.Count; count < options.Now.Executor.MaxInFlight; count++)
        {
            var after = underway.Count == 0 ? (Sequence?)null : underway.Max(one => one.Last);
            var (sent, note) = await DeliverAsync(account, lane, after, ct);
            if (sent is null || note is not null) return note;
            underway.Add(sent);
        }
        return null;
    }

    /// <param name="after">The last message that is underway already; null if none is.</param>
    private async Task<(Submission? Sent, string? Note)> DeliverAsync(AccountView account, Lane lane, Sequence? after, CancellationToken ct)
    {
        if (await halts.CurrentAsync(lane, ct) is { } halt) return (null, $"lane {lane} is halted: {halt.Reason}");
        if (await patience.TryAsync(lane, () => planner.PlanAsync(lane, key.Address, after, options.Now.Executor, ct)) is not { } plan) return (null, null);
        if (await patience.RefusalAsync(plan, key.Address, ct) is { } refusal) return (null, refusal);
        if (await worth.WaitAsync(plan, ct) is { } wait) return (null, wait);
        if (await submitter.SubmitAsync(account, plan, ct) is not { } report) return (null, null);
        if (report.LowWater is { } low && _lowWater is null) log.LogWarning("chain {Chain}: {Warning}", destination.Id, low);
        _lowWater = report.LowWater;
        return (report.Sent, report.Parked);
    }

    private async Task<Lease?> HoldAsync(CancellationToken ct)
    {
        if (_lease is { } held && await leases.RenewAsync(held, _term, ct)) return held;
        return _lease = await leases.TryAcquireAsync($"{destination.Id}:{key.Address}", _holder, _term, ct);
    }
}
