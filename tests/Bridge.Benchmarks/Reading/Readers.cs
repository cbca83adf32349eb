using Bridge.Benchmarks.Api;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bridge.Benchmarks.Reading;

/// <summary>What a node reads chains with, over a database of the bench's own.</summary>
internal static class Readers
{
    /// <param name="config">A file as `bridge run --config` takes it.</param>
    public static BridgeOptions Options(string config) => ConfigurationLoader.LoadChains(ConfigurationLoader.Read(config));

    /// <param name="options">Of them the chains: there is no role and no broker, so nobody hears of what is read.</param>
    /// <param name="add">What the bench needs beside them; what is registered last counts.</param>
    public static async Task<ServiceProvider> OpenAsync(BridgeOptions options, BenchDatabase database, Action<IServiceCollection>? add = null)
    {
        var quiet = options with { Database = database.ConnectionString, Roles = [], Bus = new BusOptions() };
        var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .AddBridgeStore(quiet.Database).AddBus(quiet).AddChains(quiet).AddReaders();
        add?.Invoke(services);
        var provider = services.BuildServiceProvider();
        foreach (var link in provider.GetRequiredService<ChainSet>().All) await link.Client.ConnectAsync(default);
        return provider;
    }

    /// <summary>Where everything is sent from, as the benches that make the chains call it.</summary>
    public static ChainLink Source(IServiceProvider services) => services.GetRequiredService<ChainSet>().All.Single(link => link.Name == "alpha");

    /// <summary>Puts the cursor below the first block that is read.</summary>
    public static async Task<Cursor> BeginAsync(IServiceProvider services, ChainLink link)
    {
        var below = await link.Client.BlockAsync(link.Options.StartBlock - 1, default);
        await services.GetRequiredService<ChainStore>().StartAsync(link.Id, below.Ref, default);
        return new Cursor(link.Id, below.Ref, null);
    }
}
