using System.CommandLine;
using Bridge.Core;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Relayer.Cli;

/// <summary>Looks after a validator's signing journal. The attester must not run meanwhile: it holds the file.</summary>
internal static class JournalCommand
{
    private sealed record Opened(SigningJournal Journal, IReadOnlyList<Checkpoint> Logged, IReadOnlyList<Checkpoint> Attested);

    public static Command Create() => new("journal", "The file that keeps a validator from signing twice.")
    {
        Verb("check", "Says whether the journal is whole, and how it stands to the database. Exit code 0 if it holds all that the database knows, 1 if not, 2 if it is damaged or held.", Check),
        Verb("rebuild", "Writes into the journal what the database knows of this validator's signatures. Only where no newer database and no newer journal exists.", Rebuild),
    };

    private static Command Verb(string name, string description, Func<Opened, int> act)
    {
        var config = Common.Config();
        return new Command(name, description) { config }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), [Roles.Attest]);
            await using var services = new ServiceCollection().AddBridgeStore(options.Database).BuildServiceProvider();
            using var signer = Keys.Open(options.Attester);
            using var journal = new SigningJournal(options.Attester.JournalPath, NullLogger.Instance);
            var attested = await services.GetRequiredService<AttestationStore>().OfSignerAsync(signer.Address, DateTimeOffset.MinValue, ct);
            return act(new Opened(journal, await services.GetRequiredService<SigningLogStore>().AllAsync(ct), [.. attested.Select(a => a.Checkpoint).Distinct()]));
        });
    }

    private static int Check(Opened opened)
    {
        var (log, relayer) = (JournalComparison.Of(opened.Journal, opened.Logged), JournalComparison.Of(opened.Journal, opened.Attested));
        Console.WriteLine($"{opened.Journal.Path}: {opened.Journal.Count} entries, all whole.");
        Console.WriteLine($"The database's signing log has {opened.Logged.Count}; the journal lacks {log.Missing.Count} of them, and has {log.Forgotten} that it lacks.");
        Console.WriteLine($"Attestations by this key that the relayer of this database has: {opened.Attested.Count}; the journal lacks {relayer.Missing.Count} of them.");
        foreach (var there in log.Contradicted.Concat(relayer.Contradicted))
            Console.WriteLine($"CONTRADICTION at {there.Sequence} of lane {there.LaneId}: the database has {there.RollingHash}, the journal {opened.Journal.Find(there.LaneId, there.Sequence)}.");
        return log.Missing.Count + log.Contradicted.Count + relayer.Missing.Count + relayer.Contradicted.Count == 0 ? 0 : Common.Failed;
    }

    private static int Rebuild(Opened opened)
    {
        var (journal, before) = (opened.Journal, opened.Journal.Count);
        foreach (var signed in opened.Logged.Concat(opened.Attested))
            if (journal.Record([signed]) is SigningVerdict.Conflict)
                throw new UserException($"The journal has another rolling hash at {signed.Sequence} of lane {signed.LaneId} than the database: {journal.Find(signed.LaneId, signed.Sequence)}, not {signed.RollingHash}. "
                    + "One of them was signed by somebody else. Keep this validator stopped and have its key rotated out.");
        Console.WriteLine($"{journal.Path}: {journal.Count - before} entries added, {journal.Count} in all.");
        return 0;
    }
}
