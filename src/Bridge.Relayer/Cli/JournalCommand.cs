using System.CommandLine;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Relayer.Cli;

/// <summary>Looks after a validator's signing journal. The attester must not run meanwhile: it holds the file.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "The file that keeps a validator from signing twice.")
    {
        Verb("check", "Says whether the journal is whole, and how it stands to the database.", CheckAsync),
        Verb("rebuild", "Writes what the database knows of into the journal, after the journal was lost. Only where no newer database exists.", RebuildAsync),
    };

    private static Command Verb(string name, string description, Func<SigningJournal, SigningLogStore, CancellationToken, Task<int>> act)
    {
        var config = Common.Config();
        return new Command(name, description) { config }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), [Roles.Attest]);
            await using var services = new ServiceCollection().AddBridgeStore(options.Database).BuildServiceProvider();
            using var journal = new SigningJournal(options.Attester.JournalPath, NullLogger.Instance);
            return await act(journal, services.GetRequiredService<SigningLogStore>(), ct);
        });
    }

    private static async Task<int> CheckAsync(SigningJournal journal, SigningLogStore signingLog, CancellationToken ct)
    {
        var rows = await signingLog.AllAsync(ct);
        var missing = rows.Count(row => journal.Find(row.LaneId, row.Sequence) is null);
        var other = rows.Where(row => journal.Find(row.LaneId, row.Sequence) is { } hash && hash != row.RollingHash).ToList();
        Console.WriteLine($"{journal.Path}: {journal.Count} entries; the database has {rows.Count}, of which the journal lacks {missing}.");
        foreach (var (laneId, sequence, hash) in other) Console.WriteLine($"They disagree at {sequence} of lane {laneId}: the database has {hash}, the journal {journal.Find(laneId, sequence)}.");
        return other.Count + missing == 0 ? 0 : Common.Failed;
    }

    private static async Task<int> RebuildAsync(SigningJournal journal, SigningLogStore signingLog, CancellationToken ct)
    {
        var (added, rows) = (0, await signingLog.AllAsync(ct));
        foreach (var (laneId, sequence, hash) in rows)
        {
            var verdict = journal.Record(laneId, sequence, hash);
            if (verdict is Core.SigningVerdict.Conflict) throw new UserException($"The journal and the database disagree at {sequence} of lane {laneId}. Run 'bridge journal check', and keep this validator stopped.");
            if (verdict is Core.SigningVerdict.Fresh) added++;
        }
        Console.WriteLine($"{journal.Path}: {added} entries added, {journal.Count} in all.");
        return 0;
    }
}
