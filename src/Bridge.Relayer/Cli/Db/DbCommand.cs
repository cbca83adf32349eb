using System.CommandLine;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>This organisation's database, and backups of it.</summary>
internal static class DbCommand
{
    private sealed record Line(string Server, long Bytes, long Connections, int MaxConnections, bool IsStandby, double OldestTransactionSeconds, IReadOnlyList<string> MissingMigrations, IReadOnlyList<string> Forgetful);

    public static Command Create() => new("db", "This organisation's database, and backups of it.") { MigrateCommand.Create(), Status(), VerifyBackupVerb.Create() };

    private static Command Status()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("status", "The server, its load, and whether it is set and migrated as nodes need it. Exit code 1 if it is not.") { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var settings = services.GetRequiredService<DatabaseSettings>();
            var (standing, missing, forgetful) = (await settings.StandingAsync(ct), await services.GetRequiredService<Migrator>().PendingAsync(ct), await settings.ForgetfulAsync(ct));
            Rows.Print([new Line(standing.Server, standing.Bytes, standing.Connections, standing.MaxConnections, standing.IsStandby, standing.OldestSeconds, missing, forgetful)], parsed.GetValue(json));
            if (missing.Count > 0) await Console.Error.WriteLineAsync($"{missing.Count} migrations are missing: run 'bridge migrate'.");
            if (forgetful.Count > 0) await Console.Error.WriteLineAsync($"{string.Join(" and ", forgetful)} = off: a commit could vanish in a crash, and no node starts on it.");
            if (standing.IsStandby) await Console.Error.WriteLineAsync("It is a standby and refuses writes.");
            return missing.Count == 0 && forgetful.Count == 0 && !standing.IsStandby ? 0 : Common.Failed;
        }));
    }
}
