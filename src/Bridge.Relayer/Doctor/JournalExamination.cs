using Bridge.Relayer.Attest;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Relayer.Doctor;

/// <summary>
/// A validator's journal against the database, room on its disk, and whether somebody else signs with this key. A validator that runs holds the
/// journal; then only that is said, since it looks by itself.
/// </summary>
public sealed class JournalExamination(AttesterOptions options, SigningLogStore signingLog, AttestationStore attestations) : IExamination
{
    private const long LeastFree = 256L << 20;

    public string Name => "signing journal";

    public string Fix => $"Look at {options.JournalPath} and at 'bridge journal check'";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        var disk = Disk();
        if (!File.Exists(options.JournalPath))
            return [disk, (await signingLog.AllAsync(ct)).Count == 0
                ? Finding.Good(Name, $"{options.JournalPath} is made at the first start")
                : Finding.Bad(Name, $"{options.JournalPath} is missing and the database knows signatures", "Bring its newest copy back; if there is none and this database is the newest, run 'bridge journal rebuild'")];
        try
        {
            using var journal = new SigningJournal(options.JournalPath, NullLogger.Instance);
            return [disk, await CompareAsync(journal, ct)];
        }
        catch (JournalException) when (IsHeld())
        {
            return [disk, Finding.Good(Name, "held by a validator that runs, which compares it by itself")];
        }
    }

    private async Task<Finding> CompareAsync(SigningJournal journal, CancellationToken ct)
    {
        using var signer = Keys.Open(options);
        var log = JournalComparison.Of(journal, await signingLog.AllAsync(ct));
        var seen = JournalComparison.Of(journal, [.. (await attestations.OfSignerAsync(signer.Address, DateTimeOffset.MinValue, ct)).Select(row => row.Checkpoint).Distinct()]);
        if (seen.Missing.Count + seen.Contradicted.Count > 0)
            return Finding.Bad(Name, $"{seen.Missing.Count + seen.Contradicted.Count} attestations by {signer.Address} are not in it", "Another process signs with this key, or the journal is an old copy: keep this validator stopped until you know which");
        return log.Missing.Count + log.Contradicted.Count > 0
            ? Finding.Bad(Name, $"it lacks {log.Missing.Count} entries that the database has, and contradicts {log.Contradicted.Count}", "See 'bridge journal check'")
            : Finding.Good(Name, $"{journal.Count} entries, all that the database knows");
    }

    private bool IsHeld()
    {
        try
        {
            using var file = new FileStream(options.JournalPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private Finding Disk()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.JournalPath))!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= LeastFree
            ? Finding.Good("disk", $"{free >> 20} MiB free at {folder}")
            : Finding.Warning("disk", $"{free >> 20} MiB free at {folder}", "Free some space: a validator whose journal cannot be written signs nothing");
    }
}
