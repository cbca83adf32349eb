using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Relay;

/// <summary>Recovers the signer of each offered attestation, stores what counts, says why the rest does not, then looks for quorums.</summary>
public sealed class IntakeWorker(
    ChainSet chains, ValidatorSets sets, AttestationStore attestations, Certifier certifier, Bells bells, DirectoryStore directory, TimeProvider time,
    ILogger<IntakeWorker> log)
    : Worker("relay", directory, log)
{
    private const int AtOnce = 500;
    private readonly Bell _bell = bells.Offered.Hang();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);

    private long? _refreshed;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await RefreshSetsAsync(ct);
        while (true)
        {
            var pending = await attestations.PendingAsync(AtOnce, ct);
            await TakeAsync(pending, ct);
            if (pending.Count < AtOnce) break;
        }
        await Each.DoAsync(chains.Lanes, lane => certifier.CertifyAsync(lane, ct), ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => _bell.WaitAsync(Patience, ct);

    /// <summary>The API judges by the sets written down here, so they are read before anything was offered.</summary>
    private async Task RefreshSetsAsync(CancellationToken ct)
    {
        if (_refreshed is { } at && time.GetElapsedTime(at) < RefreshEvery) return;
        foreach (var chain in chains.All) await sets.CurrentAsync(chain.Id, ct);
        _refreshed = time.GetTimestamp();
    }

    private async Task TakeAsync(IReadOnlyList<(long Id, Attestation Attestation)> pending, CancellationToken ct)
    {
        var current = new Dictionary<ChainId, ValidatorSet>();
        var verified = new List<Verified>();
        foreach (var (id, attestation) in pending)
            if (await SignerAsync(id, attestation, current, ct) is { } signer) verified.Add(new Verified(id, attestation, signer));
        if (verified.Count == 0) return;
        foreach (var (one, result) in verified.Zip(await attestations.AcceptAsync(verified, ct)))
        {
            RelayerMeter.Judged(one.Signer, result.ToString());
            if (result is AcceptResult.Equivocation)
                log.LogCritical("lane {Lane}: validator {Signer} signed two rolling hashes at {Sequence}; both are kept as evidence", one.Attestation.Lane, one.Signer, one.Attestation.Checkpoint.Sequence);
        }
    }

    /// <summary>Null of what does not count; then the reason is stored.</summary>
    private async Task<Address?> SignerAsync(long id, Attestation attestation, Dictionary<ChainId, ValidatorSet> current, CancellationToken ct)
    {
        var lane = attestation.Lane;
        if (chains.Find(lane.Source) is null || chains.Find(lane.Destination) is not { } destination)
        {
            await attestations.RejectAsync(id, $"lane {lane} is not configured here", ct);
            return null;
        }
        if (!current.TryGetValue(lane.Destination, out var set))
            current[lane.Destination] = set = await sets.CurrentAsync(lane.Destination, ct);
        var verdict = AttestationCheck.Judge(attestation, chains.LaneId(lane), destination.Domain, set, out var signer);
        if (verdict is AttestationVerdict.Counts) return signer;
        log.LogWarning("lane {Lane}: an attestation at {Sequence} does not count: {Verdict}", lane, attestation.Checkpoint.Sequence, verdict);
        await attestations.RejectAsync(id, Describe(verdict, attestation, set), ct);
        RelayerMeter.Judged(null, verdict.ToString());
        return null;
    }

    private static string Describe(AttestationVerdict verdict, Attestation attestation, ValidatorSet set) => verdict switch
    {
        AttestationVerdict.ForeignLane => $"{attestation.Checkpoint.LaneId} is not the id of lane {attestation.Lane}",
        AttestationVerdict.ForeignEpoch => $"epoch {attestation.Epoch}, the destination is at {set.Epoch}",
        AttestationVerdict.MalformedSignature => "no key made this signature",
        _ => "the signer is not a member of the destination's validator set",
    };
}
