using System.CommandLine;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var config = Common.Config();
        return new Command("migrate", "Brings the database's schema up to date. Safe to run twice, and by several at once.") { config }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Read(parsed.GetValue(config))[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"];
            if (string.IsNullOrEmpty(options)) throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
            await using var services = new ServiceCollection().AddBridgeStore(options).BuildServiceProvider();
            var applied = await services.GetRequiredService<Migrator>().MigrateAsync(ct);
            Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", applied)}.");
            return 0;
        });
    }
}
