using System.Diagnostics;
using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Reading;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.Ingest;

/// <summary>A whole chain read into an empty database, and then the same rows copied.</summary>
/// <param name="Read">For asking the node, decoding, folding and checking.</param>
/// <param name="Recorded">For the commits with the rows and the cursor.</param>
/// <param name="Copied">For the bare COPY.</param>
internal sealed record IngestRound(long Messages, TimeSpan Read, TimeSpan Recorded, TimeSpan Copied)
{
    public static async Task<IngestRound> RunAsync(BridgeOptions options)
    {
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = await Readers.OpenAsync(options, database);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var (read, recorded) = await ReadAsync(services, () => BareCopy.SettleAsync(source));
        var (messages, copied) = await BareCopy.RunAsync(source);
        return new IngestRound(messages, read, recorded, copied);
    }

    /// <summary>As the watcher does, in commits of about one size.</summary>
    private static async Task<(TimeSpan Read, TimeSpan Recorded)> ReadAsync(IServiceProvider services, Func<Task> settle)
    {
        var (store, reader, link) = (services.GetRequiredService<ChainStore>(), services.GetRequiredService<FactReader>(), Readers.Source(services));
        var at = (await Readers.BeginAsync(services, link)).At;
        var (head, final, pace) = (await link.Client.HeadAsync(default), await link.FinalAsync(default), new ReadingPace(() => link.Options.MaxLogRange));
        await settle();

        var (read, recorded) = (TimeSpan.Zero, TimeSpan.Zero);
        while (at.Height < head.Height)
        {
            var began = Stopwatch.GetTimestamp();
            var facts = await reader.ReadAsync(link, at, pace.Next(at.Height, head.Height), final.Height, default);
            var decoded = Stopwatch.GetTimestamp();
            await store.RecordAsync(facts, default);
            (read, recorded) = (read + Stopwatch.GetElapsedTime(began, decoded), recorded + Stopwatch.GetElapsedTime(decoded));
            pace.Read(facts.Sent.Count);
            at = facts.NewCursor;
        }
        return (read, recorded);
    }
}
