using System.CommandLine;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Relayer.Cli;

internal static class RunCommand
{
    public static Command Create()
    {
        var config = Common.Config();
        var roles = Common.Roles($"Comma-separated: {string.Join(", ", Roles.Known)}. Default: what Bridge:Roles says.");
        return new Command("run", "Runs a node with the given roles until it is told to stop.") { config, roles }.Does(async (parsed, ct) =>
        {
            using var host = NodeHost.Build(new ConfigurationSource(parsed.GetValue(config), parsed.GetValue(roles)));
            await CheckAsync(host.Services, ct);
            await host.RunAsync(ct);
            return 0;
        });
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static async Task CheckAsync(IServiceProvider services, CancellationToken ct)
    {
        await RequireCurrentSchemaAsync(services.GetRequiredService<Migrator>(), ct);
        foreach (var check in services.GetServices<IStartCheck>())
            await WithDatabaseAsync(async cancel => { await check.CheckAsync(cancel); return check; }, ct);
    }

    public static async Task RequireCurrentSchemaAsync(Migrator migrator, CancellationToken ct)
    {
        var pending = await WithDatabaseAsync(migrator.PendingAsync, ct);
        if (pending.Count > 0) throw new UserException($"The database lacks {pending.Count} migrations ({string.Join(", ", pending)}). Run 'bridge migrate' first.");
    }

    /// <summary>A database that is away comes back: a node that was started before it waits, as one does that runs already.</summary>
    private static async Task<T> WithDatabaseAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await ask(ct);
            }
            catch (Exception e) when (DatabaseFault.Of(e) is not null)
            {
                await Console.Error.WriteLineAsync($"The database does not answer ({e.Message}); trying again.");
                await Task.Delay(Patience, ct);
            }
        }
    }
}
