using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Submit;

/// <summary>Does errands on one chain. One process holds the account's nonces at a time; another takes over when its lease runs out.</summary>
public sealed class ErrandRunner(
    ChainLink chain, SubmitterKey key, LiveOptions options, LeaseStore leases, ErrandStore journal, ErrandCall calls, ErrandWorth worth, ErrandSender sender, ErrandDriver driver, RequestStore requests, RolePauseStore pauses,
    Bell accepted, DirectoryStore directory, TimeProvider time, ILogger<ErrandRunner> log)
    : Worker($"submit {chain.Id}", directory, log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Guid _holder = Guid.NewGuid();
    private readonly TimeSpan _term = TimeSpan.FromSeconds(options.Now.Submitter.LeaseSeconds);
    private Lease? _lease;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (await HoldAsync(ct) is not { } lease) return "another process holds this account's lease";
        var underway = await journal.UnderwayAsync(chain.Id, key.Address, ct);
        var asked = await requests.OfOpenAsync(await requests.OfSubmitterAsync(chain.Id, key.Address, ct), underway.Select(errand => errand.Id), ct);
        if (underway.Count > 0)
        {
            var view = await LookAsync(lease, ct);
            await Each.DoAsync(underway, errand => driver.DriveAsync(view, errand, asked.GetValueOrDefault(errand.Id), ct), ct);
        }
        if (IsDraining) return "draining: nothing new is sent";
        if (await pauses.CurrentAsync(Roles.Submit, ct) is { } pause) return pause.ToString();
        var room = options.Now.Submitter.MaxInFlight - underway.Count(errand => errand.InFlight);
        // More than there is room for: those that wait for a cheaper block hold up nobody.
        await Each.DoAsync(await journal.WaitingAsync(chain.Id, 2 * options.Now.Submitter.MaxInFlight, ct), async errand => { if (room > 0 && await StartAsync(lease, errand, ct)) room--; }, ct);
        return null;
    }

    public override bool MustDrain => true;

    /// <summary>What waits for finality alone is taken up by the next process.</summary>
    protected override async Task<bool> IsDrainedAsync(CancellationToken ct) => _lease is null || !(await journal.UnderwayAsync(chain.Id, key.Address, ct)).Any(errand => errand.InFlight);

    protected override Task WaitAsync(CancellationToken ct) => accepted.WaitAsync(Patience, ct);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_lease is { } lease) await leases.ReleaseAsync(lease, cancellationToken);
    }

    /// <summary>True if it was sent.</summary>
    private async Task<bool> StartAsync(Lease lease, Errand errand, CancellationToken ct)
    {
        var (call, refusal) = await calls.PlanAsync(chain, errand, ct);
        var offer = call is null ? null : await worth.JudgeAsync(chain, call, time.GetUtcNow(), ct);
        if ((refusal ?? offer?.Refusal) is { } why)
        {
            log.LogInformation("chain {Chain}: errand {Errand} is refused: {Reason}", chain.Id, errand.Id, why);
            await journal.MarkAsync(lease, errand.Id, ErrandStatus.Refused, why, ct);
            return false;
        }
        if (offer!.Wait is { } wait)
        {
            if (await journal.NoteAsync(errand.Id, wait, ct)) log.LogWarning("chain {Chain}: errand {Errand} waits: {Reason}", chain.Id, errand.Id, wait);
            return false;
        }
        await sender.SendAsync(chain, lease, errand, call!, offer, ct);
        return true;
    }

    private async Task<SubmitterView> LookAsync(Lease lease, CancellationToken ct)
    {
        var final = await chain.FinalAsync(ct);
        return new SubmitterView(chain, lease, final.Height, await chain.Client.NonceAsync(key.Address, pending: false, ct), await chain.Client.NonceAtAsync(key.Address, final.Height, ct));
    }

    private async Task<Lease?> HoldAsync(CancellationToken ct)
    {
        if (_lease is { } held && await leases.RenewAsync(held, _term, ct)) return held;
        return _lease = await leases.TryAcquireAsync($"submit {chain.Id}:{key.Address}", _holder, _term, ct);
    }
}
