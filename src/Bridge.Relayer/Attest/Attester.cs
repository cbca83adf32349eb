using System.Diagnostics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Metrics;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>Signs what this validator has proven for itself. The signing log is durable before any signature exists.</summary>
public sealed class Attester(
    AttesterKey key, ChainSet chains, ValidatorSets sets, CheckpointProof proof, TransferStore transfers, SigningLogStore signingLog, SigningRecord record,
    Doppelganger doppelganger, HaltStore halts, Bells bells, DirectoryStore directory, ILogger<Attester> log)
    : Worker("attest", directory, log)
{
    private readonly Bell _bell = bells.Finalized.Hang();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const int AtOnce = 256;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await doppelganger.RequireAloneAsync(ct);
        var waits = new List<string>();
        var lanes = (await transfers.LanesAsync(ct)).Where(chains.Serves);
        await Each.DoAsync(lanes, async lane =>
        {
            if (await AttestAsync(lane, ct) is { } wait) waits.Add(wait);
            bells.Signed.Ring();
        }, ct);
        waits.AddRange(proof.Unproven);
        return waits.Count == 0 ? null : string.Join("; ", waits);
    }

    protected override Task WaitAsync(CancellationToken ct) => _bell.WaitAsync(Patience, ct);

    private async Task<string?> AttestAsync(Lane lane, CancellationToken ct)
    {
        if (await halts.CurrentAsync(lane, ct) is { } halt) return $"lane {lane} is halted: {halt.Reason}";
        if (await transfers.FinalizedHeadAsync(lane, ct) is not { } head) return null;
        var set = await sets.CurrentAsync(lane.Destination, ct);
        var attested = await signingLog.AttestedAsync(head.LaneId, set.Epoch, await transfers.DeliveredAsync(lane, ct), ct);
        if (attested >= head.Sequence) return null;
        var points = CheckpointSchedule.Due(attested, await transfers.PlacedAsync(lane, attested, head.Sequence, ct));
        if (set.IndexOf(key.Address) < 0) return $"{key.Address} is not in the validator set of chain {lane.Destination}, epoch {set.Epoch}";

        try
        {
            var from = await StartAsync(head, attested, ct);
            foreach (var checkpoints in (await proof.ProveAsync(head, from, points, ct)).Chunk(AtOnce)) await SignAsync(lane, checkpoints, set, ct);
            return null;
        }
        catch (NotYetException e)
        {
            log.LogWarning("no signature: {Reason}", e.Message);
            return e.Message;
        }
    }

    private async Task<LaneState> StartAsync(LaneHead head, Sequence attested, CancellationToken ct)
    {
        if (attested == Sequence.None) return new LaneState(Sequence.None, chains.LaneId(head.Lane));
        var signed = await signingLog.RollingHashAsync(head.LaneId, attested, ct);
        return new LaneState(attested, signed ?? throw new InvalidOperationException($"the signing log has no entry {attested} of lane {head.Lane}"));
    }

    private async Task<(Sequence, CompactSignature)> SignAsync(Lane lane, Checkpoint checkpoint, byte[] preimage, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var signature = await key.Signer.SignAsync(preimage, ct);
        var (took, now) = (Stopwatch.GetElapsedTime(began), DateTimeOffset.UtcNow);
        RelayerMeter.Signed(took);
        TransferTrace.Write("signed", lane, checkpoint.Sequence, checkpoint.RollingHash, now - took, now);
        return (checkpoint.Sequence, signature);
    }

    private async Task SignAsync(Lane lane, IReadOnlyList<Checkpoint> checkpoints, ValidatorSet set, CancellationToken ct)
    {
        await record.RecordAsync(lane, checkpoints, ct);
        var domain = chains[lane.Destination].Domain;
        var signatures = await Task.WhenAll(checkpoints.Select(c => SignAsync(lane, c, c.Preimage(domain, set.Epoch), ct)));
        await signingLog.SaveSignaturesAsync(checkpoints[0].LaneId, set.Epoch, signatures, ct);
        log.LogInformation("lane {Lane}: attested {Count} points up to {Sequence}, {MessageId}, for epoch {Epoch}", lane, signatures.Length, checkpoints[^1].Sequence, checkpoints[^1].RollingHash, set.Epoch);
    }
}
