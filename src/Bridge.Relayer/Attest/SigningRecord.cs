using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>The fourth check of a validator: the signing log in the database and the journal beside it must both agree, and both hold it before the signature exists.</summary>
public sealed class SigningRecord(SigningJournal journal, SigningLogStore signingLog, BridgeOptions options, ILogger<SigningRecord> log)
{
    private bool _compared;

    /// <exception cref="LyingSourceException">Another rolling hash was signed at this sequence; the lane is halted, and both are kept.</exception>
    /// <exception cref="JournalException">The journal is gone although the database knows of signatures.</exception>
    public async Task RecordAsync(Lane lane, IReadOnlyList<Checkpoint> checkpoints, CancellationToken ct)
    {
        await CompareAsync(ct);
        var laneId = checkpoints[0].LaneId;
        // What the journal knows and the database forgot is written there again, so that its rule holds as well.
        foreach (var checkpoint in checkpoints)
            if (journal.Find(laneId, checkpoint.Sequence) is { } signed && signed != checkpoint.RollingHash) await signingLog.RecordAsync(laneId, checkpoint.Sequence, signed, ct);
        if (await signingLog.RecordAsync(laneId, checkpoints, ct) is not SigningVerdict.Conflict && journal.Record(checkpoints) is not SigningVerdict.Conflict) return;
        throw new LyingSourceException($"lane {lane}: another rolling hash was already signed between {checkpoints[0].Sequence} and {checkpoints[^1].Sequence}; the signing log has halted the lane");
    }

    /// <summary>Once: a journal that was made just now must not stand beside a database that knows of signatures, unless that is meant.</summary>
    private async Task CompareAsync(CancellationToken ct)
    {
        if (_compared) return;
        var rows = journal.WasMissing && journal.Count == 0 ? await signingLog.AllAsync(ct) : [];
        if (rows.Count > 0 && options.Environment == "production")
            throw new JournalException(
                $"the signing journal {journal.Path} is missing, and the database knows of {rows.Count} signatures. Bring the journal back; "
                + "if it is lost and this database is the newest there is, run 'bridge journal rebuild'");
        foreach (var (laneId, sequence, hash) in rows) journal.Record(laneId, sequence, hash);
        if (rows.Count > 0) log.LogWarning("the signing journal {Path} was missing and holds now what the database knows: {Count} entries", journal.Path, rows.Count);
        _compared = true;
    }
}
