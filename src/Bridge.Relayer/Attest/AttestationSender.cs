using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>
/// Hands attestations to one relayer, oldest first, and remembers which it has: a relayer that was away gets them later, and what it has not
/// delivered after a while it gets again.
/// </summary>
public sealed class AttestationSender(
    IAttestationTarget target, ChainSet chains, TransferStore transfers, SigningLogStore signingLog, Bell signed, DirectoryStore directory,
    ILogger<AttestationSender> log)
    : Worker($"offer {target.Name}", directory, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var waits = new List<string>();
        foreach (var lane in (await transfers.LanesAsync(ct)).Where(chains.Serves))
            if (await OfferAsync(lane, ct) is { } wait) waits.Add(wait);
        return waits.Count == 0 ? null : string.Join("; ", waits);
    }

    protected override Task WaitAsync(CancellationToken ct) => signed.WaitAsync(Patience, ct);

    /// <summary>Why the rest of a lane waits, or null: one that the relayer cannot take yet holds up no other lane.</summary>
    private async Task<string?> OfferAsync(Lane lane, CancellationToken ct)
    {
        var laneId = chains.LaneId(lane);
        var handed = new List<(Sequence, Epoch)>();
        try
        {
            return await OfferAsync(lane, laneId, handed, ct);
        }
        finally
        {
            // Also of a lane that broke off half way. What a crash in between forgets is handed over once more, which changes nothing.
            if (handed.Count > 0) await signingLog.MarkSentAsync(laneId, handed, target.Name, CancellationToken.None);
        }
    }

    private async Task<string?> OfferAsync(Lane lane, Hash32 laneId, List<(Sequence, Epoch)> handed, CancellationToken ct)
    {
        foreach (var (sequence, rollingHash, epoch, signature) in await signingLog.UnsentAsync(laneId, target.Name, await transfers.DeliveredAsync(lane, ct), Again, AtOnce, ct))
        {
            try
            {
                await target.OfferAsync(new Attestation(lane, new Checkpoint(laneId, sequence, rollingHash), epoch, signature), ct);
            }
            catch (NotTakenYetException e)
            {
                return $"lane {lane} from {sequence} on: {e.Message}";
            }
            catch (RefusedException e)
            {
                log.LogError("lane {Lane}: the attestation at {Sequence} was refused: {Error}", lane, sequence, e.Message);
            }
            handed.Add((sequence, epoch));
        }
        return null;
    }
}
