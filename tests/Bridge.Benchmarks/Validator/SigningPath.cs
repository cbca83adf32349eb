using System.Diagnostics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Benchmarks.Validator;

/// <param name="Messages">Behind the point, since the one before.</param>
/// <param name="Processor">Milliseconds of this process.</param>
/// <param name="Requests">To nodes.</param>
internal sealed record SignedPoint(int Messages, double Milliseconds, double Processor, int Requests);

/// <summary>A lane's head signed as the attester signs it: proven, recorded in journal and signing log, signed, and the signature kept.</summary>
internal sealed class SigningPath(
    ChainSet chains, ValidatorSets sets, CheckpointProof proof, SigningRecord record, TransferStore transfers, SigningLogStore signingLog, AttesterKey key, CountedRequests requests)
{
    /// <summary>Null where the lane's newest final message is signed already, or there is none.</summary>
    public async Task<SignedPoint?> SignAsync(Lane lane)
    {
        var set = await sets.CurrentAsync(lane.Destination, default);
        var domain = chains[lane.Destination].Domain;
        if (await transfers.FinalizedHeadAsync(lane, default) is not { } head) return null;
        var attested = await signingLog.AttestedAsync(head.LaneId, set.Epoch, Sequence.None, default);
        if (attested >= head.Sequence) return null;
        var from = new LaneState(attested, attested == Sequence.None ? head.LaneId : (await signingLog.RollingHashAsync(head.LaneId, attested, default))!.Value);

        var (asked, busy, began) = (requests.Count, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var checkpoints = await proof.ProveAsync(head, from, [head.Sequence], default);
        await record.RecordAsync(lane, checkpoints, default);
        var signature = await key.Signer.SignAsync(checkpoints[0].Preimage(domain, set.Epoch), default);
        await signingLog.SaveSignaturesAsync(head.LaneId, set.Epoch, [(head.Sequence, signature)], default);
        return new SignedPoint(
            (int)(head.Sequence.Value - attested.Value), Stopwatch.GetElapsedTime(began).TotalMilliseconds, (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds, requests.Count - asked);
    }
}
