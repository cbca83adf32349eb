using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>Hands attestations to one relayer, oldest first, and remembers which it has: a relayer that was away gets them later.</summary>
public sealed class AttestationSender(
    IAttestationTarget target, ChainSet chains, TransferStore transfers, SigningLogStore signingLog, Bell signed, DirectoryStore directory,
    ILogger<AttestationSender> log)
    : Worker($"offer {target.Name}", directory, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        foreach (var lane in (await transfers.LanesAsync(ct)).Where(chains.Serves))
        {
            var laneId = chains.LaneId(lane);
            foreach (var (sequence, rollingHash, epoch, signature) in await signingLog.UnsentAsync(laneId, target.Name, AtOnce, ct))
            {
                await OfferAsync(new Attestation(lane, new Checkpoint(laneId, sequence, rollingHash), epoch, signature), ct);
                await signingLog.MarkSentAsync(laneId, sequence, epoch, target.Name, ct);
            }
        }
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => signed.WaitAsync(Patience, ct);

    private async Task OfferAsync(Attestation attestation, CancellationToken ct)
    {
        try
        {
            await target.OfferAsync(attestation, ct);
        }
        catch (RefusedException e)
        {
            log.LogError("lane {Lane}: the attestation at {Sequence} was refused: {Error}", attestation.Lane, attestation.Checkpoint.Sequence, e.Message);
        }
    }
}
