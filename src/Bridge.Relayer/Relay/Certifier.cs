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
    public async Task CertifyAsync(Lane lane, CancellationToken ct)
    {
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current) return;
        if (await transfers.FinalizedHeadAsync(lane, ct) is not { } head) return;
        foreach (var checkpoint in await attestations.OpenCheckpointsAsync(lane, current.Set.Epoch, ct))
        {
            if (checkpoint.Sequence > head.Sequence) continue; // The validators' chain reading is ahead of ours; our own finality decides.
            var certificate = Certificate.TryAssemble(current.Set, await attestations.SignaturesAsync(lane, checkpoint, current.Set.Epoch, ct));
            if (certificate is null) continue;
            if (await transfers.RollingHashAsync(lane, checkpoint.Sequence, ct) != checkpoint.RollingHash)
            {
                await halts.HaltAsync(lane, HaltCodes.ForeignCertificate, $"a quorum signed {checkpoint.RollingHash} at {checkpoint.Sequence}, which is not this lane's rolling hash", ct);
                log.LogCritical("lane {Lane}: a quorum signed a rolling hash at {Sequence} that is not the lane's; halted", lane, checkpoint.Sequence);
                return;
            }
            await CertifyAsync(lane, checkpoint, certificate, current.Set, ct);
        }
    }

    private async Task CertifyAsync(Lane lane, Checkpoint checkpoint, Certificate certificate, ValidatorSet set, CancellationToken ct)
    {
        var verdict = CertificateCheck.Judge(certificate, checkpoint, chains[lane.Destination].Domain, set);
        if (verdict is not CertificateVerdict.Ok) throw new InvalidOperationException($"lane {lane}: an assembled certificate at {checkpoint.Sequence} is {verdict}");
        if (!await attestations.CertifyAsync(lane, checkpoint, certificate, ct)) return;
        if (await attestations.QuorumWaitAsync(lane, checkpoint, set.Epoch, ct) is { } waited) RelayerMeter.Certified(lane, waited);
        log.LogInformation("lane {Lane}: certified up to {Sequence}, {MessageId}", lane, checkpoint.Sequence, checkpoint.RollingHash);
        bells.Certified.Ring();
        ringer.Ring(new CheckpointCertified(lane.Source.Value, lane.Destination.Value, checkpoint.Sequence.Value));
    }
}
