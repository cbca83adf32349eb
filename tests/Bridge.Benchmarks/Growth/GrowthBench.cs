using System.Diagnostics;
using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Measuring;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.Growth;

/// <summary>What every part asks of the database, beside few transfers and beside many: a step that looks at what is long done shows here.</summary>
internal static class GrowthBench
{
    private const int Rounds = 15;
    private const int WarmUps = 3;

    /// <param name="sizes">Transfers in the database, ascending.</param>
    /// <returns>0: a missed target is a result.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<int> sizes, bool json)
    {
        await Console.Error.WriteLineAsync(Report.Machine());
        var measured = new List<SizedSteps>();
        foreach (var size in sizes) measured.Add(new SizedSteps(size, await MeasureAsync(size)));
        Console.WriteLine(GrowthReport.Of(measured, json));
        return 0;
    }

    /// <returns>Milliseconds of each step, the median of the rounds.</returns>
    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(int transfers)
    {
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = database.Open();
        var filling = new Filling(services.GetRequiredService<NpgsqlDataSource>(), transfers, 0);
        await filling.RunAsync(database);

        var steps = Steps(services, filling);
        var times = steps.ToDictionary(step => step.Name, _ => new List<double>());
        for (var round = -WarmUps; round < Rounds; round++)
            foreach (var (name, step) in steps)
            {
                var asked = Stopwatch.GetTimestamp();
                await step();
                if (round >= 0) times[name].Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        return times.ToDictionary(of => of.Key, of => Median.Of(of.Value));
    }

    /// <summary>In the order in which a transfer goes through them.</summary>
    private static IReadOnlyList<(string Name, Func<Task> Step)> Steps(IServiceProvider services, Filling filling)
    {
        var (store, attestations, transfers) = (services.GetRequiredService<ChainStore>(), services.GetRequiredService<AttestationStore>(), services.GetRequiredService<TransferQueries>());
        var (made, random) = (filling.Made[0], new Random(1));
        var lane = new GrowingLane(made, store, attestations);
        return
        [
            ($"record {GrowingLane.Messages} messages", lane.SendAsync),
            ("make them final", lane.FinalizeSourceAsync),
            ("certify them", lane.CertifyAsync),
            ("record their deliveries", lane.DeliverAsync),
            ("make these final", lane.FinalizeDestinationAsync),
            ("an empty block", lane.PassAsync),
            ("look for quorums", () => attestations.QuorumsAsync(made.Lane, new Epoch(1), MadeUp.Validators, 3, new Sequence((ulong)int.MaxValue), 100, default)),
            ("who delivers", () => attestations.DeliverersAsync(made.Lane.Destination, TimeSpan.FromMinutes(10), default)),
            ("one transfer", () => transfers.ByIdAsync(made.Ids[random.Next(made.Count)], default)),
            ("its timeline", () => transfers.TransitionsAsync(made.Ids[random.Next(made.Count)], default)),
            ("the newest 50", () => transfers.ListAsync(new TransferFilter(), null, 50, default)),
            ("the newest 50 of a sender", () => transfers.ListAsync(new TransferFilter { Sender = MadeUp.Message(random.Next(1, made.Count)).Sender }, null, 50, default)),
        ];
    }
}
