using Bridge.Audit;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Audit;

/// <summary>
/// Decides the ten laws again and again, and writes each verdict down. What it finds violated needs a person at once; where value is in
/// danger, its guardian pauses every Bridge meanwhile, if it has one.
/// </summary>
/// <param name="guardians">One, or none.</param>
public sealed class Auditor(
    LiveOptions options, HttpClient http, AuditStore store, ReserveRecorder reserves, IEnumerable<Guardian> guardians, DirectoryStore directory, ILogger<Auditor> log)
    : Worker("audit", directory, log)
{
    private (BridgeOptions Options, Checker Checker, Reserves Reserves)? _made;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var (now, checker, proofs) = Current();
        foreach (var name in Auditors.SharedEndpoints(now))
            log.LogWarning("chain {Chain}: audited through the pipeline's own endpoints. Give the auditor its own under Bridge:Audit:Endpoints", name);
        var verdicts = await JudgeAsync(checker, ct);
        await store.SaveAsync([.. verdicts.Select(v => (v.Law, v.State.ToString(), v.ToString()))], ct);
        var broken = verdicts.Where(v => v.State is LawState.Violated).ToList();
        foreach (var verdict in broken) log.LogCritical("{Verdict}", verdict);
        foreach (var guardian in guardians) await guardian.PauseAsync(ct);
        foreach (var gap in await reserves.RecordAsync(proofs, checker.Seen!, TimeSpan.FromSeconds(now.Audit.ReservesSeconds), ct)) log.LogCritical("the reserves do not add up: {Gap}", gap);
        return broken.Count == 0 ? null : $"VIOLATED: {string.Join("; ", broken)}";
    }

    /// <summary>A violation is judged twice before anything is stopped for it: rows and chains are not read at one moment.</summary>
    private static async Task<IReadOnlyList<LawVerdict>> JudgeAsync(Checker checker, CancellationToken ct)
    {
        var verdicts = await checker.JudgeAsync(drained: false, ct);
        return verdicts.Any(v => v.State is LawState.Violated) ? await checker.JudgeAsync(drained: false, ct) : verdicts;
    }

    /// <summary>Of what is in force: a chain may have been added, or an endpoint changed.</summary>
    private (BridgeOptions Options, Checker Checker, Reserves Reserves) Current()
    {
        var now = options.Now;
        if (_made is not { } made || made.Options != now) _made = made = (now, Auditors.Create(now, http, [now.Database]), new Reserves(Auditors.Chains(now), http));
        return made;
    }

    /// <summary>A step, once begun, is done to its end.</summary>
    public override bool MustDrain => true;

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(options.Now.Audit.IntervalSeconds), ct);
}
