using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <param name="Missing">What the database knows and the journal does not.</param>
/// <param name="Contradicted">Where the two name different rolling hashes.</param>
/// <param name="Forgotten">How many entries of the journal the database lacks: it is older than the journal.</param>
public sealed record JournalComparison(IReadOnlyList<Checkpoint> Missing, IReadOnlyList<Checkpoint> Contradicted, int Forgotten)
{
    public static JournalComparison Of(SigningJournal journal, IReadOnlyList<Checkpoint> logged)
    {
        var missing = logged.Where(row => journal.Find(row.LaneId, row.Sequence) is null).ToList();
        var contradicted = logged.Where(row => journal.Find(row.LaneId, row.Sequence) is { } hash && hash != row.RollingHash).ToList();
        return new JournalComparison(missing, contradicted, journal.Count - (logged.Count - missing.Count));
    }
}

/// <summary>
/// Compares the journal with the database before anything is signed. The journal is written first, so it knows all that the database does,
/// unless it was lost, or brought back from an older copy. Then only a person can know whether this database is the newest there is.
/// </summary>
public sealed class JournalCheck(SigningJournal journal, SigningLogStore signingLog, BridgeOptions options, ILogger<JournalCheck> log) : IStartCheck
{
    /// <exception cref="JournalException">It lacks what the database knows, or they contradict each other.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        var found = JournalComparison.Of(journal, await signingLog.AllAsync(ct));
        if (found.Contradicted.Count > 0)
            throw new JournalException(
                $"the signing journal {journal.Path} and the database name different rolling hashes at {found.Contradicted[0].Sequence} of lane {found.Contradicted[0].LaneId}"
                + $" and {found.Contradicted.Count - 1} other places. Keep this validator stopped and look at 'bridge journal check'");
        if (found.Missing.Count > 0) Adopt(found.Missing);
        if (found.Forgotten > 0)
            log.LogWarning("the database lacks {Count} entries that the signing journal {Path} has: it was restored or failed over. They are kept to", found.Forgotten, journal.Path);
    }

    private void Adopt(IReadOnlyList<Checkpoint> missing)
    {
        if (options.Environment == "production")
            throw new JournalException(
                $"the signing journal {journal.Path} lacks {missing.Count} entries that the database has: it was lost, or brought back from an older copy. Bring the newest one "
                + "back; if there is none and this database is the newest there is, run 'bridge journal rebuild'");
        journal.Record(missing);
        log.LogWarning("the signing journal {Path} lacked {Count} entries that the database has and holds them now. In production this would stop the start", journal.Path, missing.Count);
    }
}
