using System.CommandLine;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Rebuild;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Reads everything again from the chains, and puts right what is stored otherwise.</summary>
internal static class RebuildCommand
{
    private const int Shown = 20;

    public static Command Create()
    {
        var config = Common.Config();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only compare. Exit code 1 if what is stored is not what the chains say." };
        return new Command("rebuild", "Reads the history again from the chains, up to the same blocks, and replaces what differs. The roles must be stopped.") { config, dryRun }
            .Does(async (parsed, ct) =>
            {
                var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config)));
                if (options.Database.Length == 0) throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
                await using var store = new ServiceCollection().AddBridgeStore(options.Database).BuildServiceProvider();
                await RunCommand.RequireCurrentSchemaAsync(store.GetRequiredService<Migrator>(), ct);
                await using var alone = await store.GetRequiredService<RunLock>().TryAloneAsync(ct)
                    ?? throw new UserException("Roles run on this database, or another rebuild. Stop every 'bridge run' of this organisation first.");
                var result = await new Rebuilder(options, alone).RunAsync(parsed.GetValue(dryRun), ct);
                Report(result, parsed.GetValue(dryRun));
                return parsed.GetValue(dryRun) && result.Differences.Count > 0 ? Common.Failed : 0;
            });
    }

    private static void Report(RebuildResult result, bool dryRun)
    {
        foreach (var difference in result.Differences.Take(Shown)) Console.WriteLine(difference);
        if (result.Differences.Count > Shown) Console.WriteLine($"and {result.Differences.Count - Shown} more");
        Console.WriteLine((result.Differences.Count, dryRun) switch
        {
            (0, _) => $"{result.Lines} facts read, and all of them are stored alike.",
            (_, true) => $"{result.Lines} facts read, {result.Differences.Count} stored otherwise. Nothing was changed.",
            _ => $"{result.Lines} facts read, {result.Differences.Count} put right.",
        });
    }
}
