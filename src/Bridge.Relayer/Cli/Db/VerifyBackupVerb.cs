using System.CommandLine;
using Bridge.Audit;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Whether a backup, once restored, is an earlier state of this database that nodes could go on from.</summary>
internal static class VerifyBackupVerb
{
    /// <summary>By the environment, because it holds a password.</summary>
    private const string Restored = "BRIDGE_RESTORED";

    private sealed record Line(string Check, bool Good, string Detail);

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("verify-backup", $"Checks a restored backup against this database: schema, audit log, signing log, cursors. The environment's {Restored} is its Npgsql connection string. Exit code 0 if nodes could go on from it, 1 if not.") { config, json }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async live =>
            {
                var connection = Environment.GetEnvironmentVariable(Restored);
                if (string.IsNullOrEmpty(connection)) throw new UserException($"{Restored}: missing. Restore the backup into another database, and give its Npgsql connection string by the environment.");
                await using var backup = new ServiceCollection().AddBridgeStore(connection).BuildServiceProvider();
                List<Line> lines = [await SchemaAsync(backup, ct)];
                if (lines[0].Good) lines.AddRange([await LogAsync(connection, ct), await GrownAsync(live, backup, ct), await SigningAsync(live, backup, ct), await CursorsAsync(live, backup, ct)]);
                Rows.Print(lines, parsed.GetValue(json));
                return lines.All(line => line.Good) ? 0 : Common.Failed;
            }));
    }

    private static async Task<Line> SchemaAsync(IServiceProvider backup, CancellationToken ct)
    {
        try
        {
            var missing = await backup.GetRequiredService<Migrator>().PendingAsync(ct);
            return new Line("schema", missing.Count == 0, missing.Count == 0 ? "as this release makes it" : $"lacks {string.Join(", ", missing)}: run 'bridge migrate' on it first, or use the release that made it");
        }
        catch (MigrationException e)
        {
            return new Line("schema", false, e.Message);
        }
    }

    private static async Task<Line> LogAsync(string connection, CancellationToken ct)
    {
        var report = await LogVerifier.VerifyAsync(connection, LogExpectation.None, ct);
        return new Line("audit log", report.Faults.Count == 0, report.Faults.Count == 0 ? $"every row fits its leaf, {report.Size} leaves" : string.Join("; ", report.Faults));
    }

    private static async Task<Line> GrownAsync(IServiceProvider live, IServiceProvider backup, CancellationToken ct)
    {
        var (now, then) = (live.GetRequiredService<LogReader>(), backup.GetRequiredService<LogReader>());
        var (size, sizeNow) = (await then.SizeAsync(ct), await now.SizeAsync(ct));
        if (size > sizeNow) return new Line("history", false, $"it has {size} leaves, and this database {sizeNow}: it is newer, or of another organisation");
        return await then.RootAsync(size, ct) == await now.RootAsync(size, ct)
            ? new Line("history", true, $"this database's first {size} leaves of {sizeNow} are the same")
            : new Line("history", false, $"this database has other leaves among its first {size}: one of the two was altered, or it is of another organisation");
    }

    /// <summary>What it lacks of the newest signatures, the journal still has; what it has otherwise would be signed twice.</summary>
    private static async Task<Line> SigningAsync(IServiceProvider live, IServiceProvider backup, CancellationToken ct)
    {
        var now = (await live.GetRequiredService<SigningLogStore>().AllAsync(ct)).ToDictionary(one => (one.LaneId, one.Sequence), one => one.RollingHash);
        var then = await backup.GetRequiredService<SigningLogStore>().AllAsync(ct);
        if (then.FirstOrDefault(one => !now.TryGetValue((one.LaneId, one.Sequence), out var hash) || hash != one.RollingHash) is { } other)
            return new Line("signing log", false, $"at {other.Sequence} of lane {other.LaneId} it has {other.RollingHash}, which this database has not");
        return new Line("signing log", true, now.Count == then.Count ? $"the same {then.Count} entries" : $"{then.Count} entries; {now.Count - then.Count} newer ones are in the journal alone then: keep that file, and never start without it");
    }

    private static async Task<Line> CursorsAsync(IServiceProvider live, IServiceProvider backup, CancellationToken ct)
    {
        var now = (await live.GetRequiredService<ChainStore>().CursorsAsync(ct)).ToDictionary(one => one.Chain);
        var then = await backup.GetRequiredService<ChainStore>().CursorsAsync(ct);
        var ahead = then.Where(one => !now.TryGetValue(one.Chain, out var known) || known.At.Height < one.At.Height).Select(one => $"chain {one.Chain} at {one.At.Height}").ToList();
        return ahead.Count == 0
            ? new Line("cursors", true, string.Join(", ", then.Select(one => $"chain {one.Chain}: {now[one.Chain].At.Height - one.At.Height} blocks to read again")))
            : new Line("cursors", false, $"ahead of this database: {string.Join(", ", ahead)}");
    }
}
