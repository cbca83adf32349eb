using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Measuring;
using Bridge.Benchmarks.Reading;
using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.Startup;

/// <summary>How soon the programs are ready beside chains that stand still, first without transfers in the database and then with many.</summary>
internal static class StartupBench
{
    private const int Rounds = 5;

    /// <summary>Underway, of all that is in the database.</summary>
    private const int Waiting = 100;

    /// <param name="programs">The folder with the programs.</param>
    /// <returns>0: a missed target is a result.</returns>
    public static async Task<int> RunAsync(string config, int transfers, string programs, bool json)
    {
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = await Readers.OpenAsync(Readers.Options(config), database);
        var (source, links) = (services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ChainSet>().All);
        var starts = new Starts(programs, config, database.ConnectionString, source, [.. links.Select(link => $"watch {link.Id}"), "relay"]);

        await Console.Error.WriteLineAsync(Report.Machine());
        var empty = await MeasureAsync(starts);
        await new Filling(source, transfers, Waiting, await BridgesAsync(links)).RunAsync(database);
        await Console.Error.WriteLineAsync(Report.Machine());
        Console.WriteLine(StartupReport.Of(transfers, empty, await MeasureAsync(starts), json));
        return 0;
    }

    private static async Task<DeployedBridges> BridgesAsync(IReadOnlyCollection<ChainLink> links)
    {
        var finals = await Task.WhenAll(links.Select(link => link.FinalAsync(default)));
        return new DeployedBridges([.. links.Select(link => link.Id)], links.First().BridgeAddress, finals.Min(final => final.Height));
    }

    /// <summary>The first start does not count: the programs' files come into memory, and the relayer writes down what the chains say of themselves.</summary>
    private static async Task<IReadOnlyList<StartTimes>> MeasureAsync(Starts starts)
    {
        await starts.MeasureAsync();
        var times = new List<StartTimes>();
        while (times.Count < Rounds) times.Add(await starts.MeasureAsync());
        return times;
    }
}
