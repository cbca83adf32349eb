using System.Diagnostics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Metrics;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>Signs what this validator has proven for itself. The signing log is durable before any signature exists.</summary>
public sealed class Attester(
    AttesterKey key, ChainSet chains, ValidatorSets sets, CheckpointProof proof, TransferStore transfers, SigningLogStore signingLog, SigningRecord record,
    Doppelganger doppelganger, HaltStore halts, RequestStore requests, RolePauseStore pauses, Bells bells, DirectoryStore directory, ILogger<Attester> log)
    : Worker("attest", directory, log)
{
    private readonly Bell _bell = bells.Finalized.Hang();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const int AtOnce = 256;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await doppelganger.RequireAloneAsync(ct);
        if (await pauses.CurrentAsync(Roles.Attest, ct) is { } pause) return pause.ToString();
        var waits = new List<string>();
        var lanes = (await transfers.LanesAsync(ct)).Where(chains.Serves).ToList();
        var current = lanes.Select(lane => lane.Destination).Distinct().ToDictionary(chain => chain, chain => new Lazy<Task<ValidatorSet>>(() => sets.CurrentAsync(chain, ct)));
        await Each.DoAsync(lanes, async lane =>
        {
            if (await AttestAsync(lane, current[lane.Destination], ct) is { } wait) waits.Add(wait);
        }, ct);
        await Each.DoAsync(await requests.AttestationsAsync(ct), request => AnswerAsync(request, ct), ct);
        waits.AddRange(proof.Unproven);
        return waits.Count == 0 ? null : string.Join("; ", waits);
    }

    /// <summary>A step, once begun, is done to its end.</summary>
    public override bool MustDrain => true;

    protected override Task WaitAsync(CancellationToken ct) => _bell.WaitAsync(Patience, ct);

    private async Task<string?> AttestAsync(Lane lane, Lazy<Task<ValidatorSet>> current, CancellationToken ct)
    {
        if (await halts.CurrentAsync(lane, ct) is { } halt) return $"lane {lane} is halted: {halt.Reason}";
        if (await transfers.FinalizedHeadAsync(lane, ct) is not { } head) return null;
        var set = await current.Value;
        var attested = await signingLog.AttestedAsync(head.LaneId, set.Epoch, await transfers.DeliveredAsync(lane, ct), ct);
        if (attested >= head.Sequence) return null;
        var points = CheckpointSchedule.Due(attested, await transfers.PlacedAsync(lane, attested, head.Sequence, ct));
        if (set.IndexOf(key.Address) < 0) return $"{key.Address} is not in the validator set of chain {lane.Destination}, epoch {set.Epoch}";

        try
        {
            var from = await StartAsync(head, attested, ct);
            foreach (var checkpoints in (await proof.ProveAsync(head, from, points, ct)).Chunk(AtOnce))
            {
                await SignAsync(lane, checkpoints, set, ct);
                await ProgressedAsync("signing", ct);
            }
            return null;
        }
        catch (NotYetException e)
        {
            log.LogWarning("no signature: {Reason}", e.Message);
            return e.Message;
        }
    }

    private async Task AnswerAsync(OperatorRequest request, CancellationToken ct)
    {
        if (!await requests.TakeAsync(request.Id, ct)) return;
        var (outcome, detail) = await AttestAsync(request.Message!.Value, ct);
        await requests.SettleAsync(request.Id, outcome, detail, ct);
    }

    /// <summary>Signs the end of a message's block once more than the schedule asks for, after the same checks.</summary>
    private async Task<(RequestOutcome, string)> AttestAsync(Hash32 message, CancellationToken ct)
    {
        if (await transfers.BlockEndAsync(message, ct) is not var (end, status) || !chains.Serves(end.Lane)) return (RequestOutcome.Refused, $"{message} was not read here");
        var lane = end.Lane;
        if (status is TransferStatus.Observed) return (RequestOutcome.Refused, $"block {end.Height} is not final yet");
        if (await halts.CurrentAsync(lane, ct) is { } halt) return (RequestOutcome.Refused, $"lane {lane} is halted: {halt.Reason}");
        var set = await sets.CurrentAsync(lane.Destination, ct);
        if (set.IndexOf(key.Address) < 0) return (RequestOutcome.Refused, $"{key.Address} is not in the validator set of chain {lane.Destination}, epoch {set.Epoch}");
        var what = $"{end.Sequence} of lane {lane}, {end.RollingHash}, for epoch {set.Epoch}";
        if (await signingLog.IsSignedAsync(end.LaneId, end.Sequence, set.Epoch, ct)) return (RequestOutcome.Done, $"signed already: {what}");
        // A point above what was attested would hide those between from the schedule.
        if (await signingLog.AttestedAsync(end.LaneId, set.Epoch, Sequence.None, ct) < end.Sequence) return (RequestOutcome.Refused, $"{end.Sequence} of lane {lane} comes by itself: it is delivered, or 'attest' in /healthz/ready says what it waits for");
        try
        {
            var from = await signingLog.BelowAsync(end.LaneId, end.Sequence, ct) is var (below, hash) ? new LaneState(below, hash) : new LaneState(Sequence.None, end.LaneId);
            await SignAsync(lane, await proof.ProveAsync(end, from, [end.Sequence], ct), set, ct);
            return (RequestOutcome.Done, $"signed: {what}");
        }
        catch (Exception e) when (e is NotYetException or LyingSourceException or FalseProofException or RpcException)
        {
            log.LogWarning("no signature, although it was asked for: {Reason}", e.Message);
            return (RequestOutcome.Refused, e.Message);
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
        bells.Signed.Ring();
        log.LogInformation("lane {Lane}: attested {Count} points up to {Sequence}, {MessageId}, for epoch {Epoch}", lane, signatures.Length, checkpoints[^1].Sequence, checkpoints[^1].RollingHash, set.Epoch);
    }
}
