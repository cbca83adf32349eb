using Bridge.Core;
using Bridge.Relayer.Watch;
using Bridge.Store;

namespace Bridge.Relayer.Attest;

/// <summary>
/// The fourth check of a validator: neither the journal nor the signing log knows another rolling hash, and both hold this one before its
/// signature exists. The journal is written first, so a database that holds more than the journal is never this validator's own doing.
/// </summary>
public sealed class SigningRecord(SigningJournal journal, SigningLogStore signingLog)
{
    /// <summary>Records a lane's checkpoints, in journal and signing log.</summary>
    /// <exception cref="LyingSourceException">Another rolling hash was signed at one of the sequences; the lane is halted, and both are kept.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public async Task RecordAsync(Lane lane, IReadOnlyList<Checkpoint> checkpoints, CancellationToken ct)
    {
        var laneId = checkpoints[0].LaneId;
        var logged = await signingLog.KnownAsync(laneId, [.. checkpoints.Select(c => c.Sequence)], ct);
        foreach (var checkpoint in checkpoints)
        {
            Hash32? inLog = logged.TryGetValue(checkpoint.Sequence, out var hash) ? hash : null;
            if (Conflicts(journal.Find(laneId, checkpoint.Sequence), checkpoint) || Conflicts(inLog, checkpoint)) throw await RefuseAsync(lane, checkpoint, ct);
        }
        journal.Record(checkpoints);
        if (await signingLog.RecordAsync(laneId, checkpoints, ct) is SigningVerdict.Conflict) throw Refusal(lane, checkpoints[0].Sequence, checkpoints[^1].Sequence);
    }

    private static bool Conflicts(Hash32? signed, Checkpoint proposed) => SigningGuard.Judge(signed, proposed.RollingHash) is SigningVerdict.Conflict;

    private async Task<LyingSourceException> RefuseAsync(Lane lane, Checkpoint refused, CancellationToken ct)
    {
        // What the database forgot is written there again: its rule then keeps the evidence and halts the lane.
        if (journal.Find(refused.LaneId, refused.Sequence) is { } signed) await signingLog.RecordAsync(refused.LaneId, refused.Sequence, signed, ct);
        await signingLog.RecordAsync(refused.LaneId, refused.Sequence, refused.RollingHash, ct);
        return Refusal(lane, refused.Sequence, refused.Sequence);
    }

    private static LyingSourceException Refusal(Lane lane, Sequence first, Sequence last) =>
        new($"lane {lane}: another rolling hash was already signed {(first == last ? $"at {first}" : $"between {first} and {last}")}; the lane is halted, and both are kept as evidence");
}
