using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Relay;

/// <summary>Finds checkpoints that a quorum has signed. A quorum is a query, not a counter.</summary>
public sealed class Certifier(
    ChainSet chains, DirectoryStore directory, TransferStore transfers, AttestationStore attestations, HaltStore halts, Ringer ringer, Bells bells,
    ILogger<Certifier> log)
{
    private const int AtOnce = 256;

    public async Task CertifyAsync(Lane lane, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return;
        if (await transfers.FinalizedHeadAsync(lane, ct) is not { } head) return;
        while (true)
        {
            var quorums = await attestations.QuorumsAsync(lane, current.Set.Epoch, current.Set.Members, current.Set.Threshold, head.Sequence, AtOnce, ct);
            var own = quorums.TakeWhile(quorum => quorum.Own == quorum.Checkpoint.RollingHash).ToList();
            await CertifyAsync(lane, own, current.Set, ct);
            if (own.Count < quorums.Count) await HaltAsync(lane, quorums[own.Count].Checkpoint, ct);
            if (own.Count < AtOnce) return;
        }
    }

    private async Task CertifyAsync(Lane lane, IReadOnlyList<Quorum> quorums, ValidatorSet set, CancellationToken ct)
    {
        if (quorums.Count == 0) return;
        var certified = await attestations.CertifyAsync(lane, [.. quorums.Select(quorum => (quorum.Checkpoint, Assemble(lane, quorum, set)))], ct);
        foreach (var quorum in quorums.Where(quorum => certified.Contains(quorum.Checkpoint.Sequence)))
        {
            RelayerMeter.Certified(lane, quorum.Waited);
            log.LogInformation("lane {Lane}: certified up to {Sequence}, {MessageId}", lane, quorum.Checkpoint.Sequence, quorum.Checkpoint.RollingHash);
        }
        if (certified.Count == 0) return;
        bells.Certified.Ring();
        ringer.Ring(new CheckpointCertified(lane.Source.Value, lane.Destination.Value, certified.Max().Value));
    }

    /// <exception cref="InvalidOperationException">The destination would not accept it: one of our own rules is wrong.</exception>
    private Certificate Assemble(Lane lane, Quorum quorum, ValidatorSet set)
    {
        var certificate = Certificate.TryAssemble(set, quorum.Signatures) ?? throw new InvalidOperationException($"lane {lane}: the quorum at {quorum.Checkpoint.Sequence} has too few signatures");
        var verdict = CertificateCheck.Judge(certificate, quorum.Checkpoint, chains[lane.Destination].Domain, set);
        return verdict is CertificateVerdict.Ok ? certificate : throw new InvalidOperationException($"lane {lane}: an assembled certificate at {quorum.Checkpoint.Sequence} is {verdict}");
    }

    private async Task HaltAsync(Lane lane, Checkpoint foreign, CancellationToken ct)
    {
        await halts.HaltAsync(lane, HaltCodes.ForeignCertificate, $"a quorum signed {foreign.RollingHash} at {foreign.Sequence}, which is not this lane's rolling hash", ct);
        log.LogCritical("lane {Lane}: a quorum signed a rolling hash at {Sequence} that is not the lane's; halted", lane, foreign.Sequence);
    }
}
