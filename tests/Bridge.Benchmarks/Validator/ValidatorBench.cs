using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Measuring;
using Bridge.Benchmarks.Reading;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Chains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bridge.Benchmarks.Validator;

/// <summary>What it costs a validator to sign a point, with few messages behind it and with many: real chains, a real database, the attester's own parts.</summary>
internal static class ValidatorBench
{
    /// <param name="warmUps">Points of each kind that do not count.</param>
    /// <returns>0: a missed target is a result.</returns>
    public static async Task<int> RunAsync(string config, int warmUps, bool json)
    {
        await Console.Error.WriteLineAsync(Report.Machine());
        var points = await SignAsync(config);
        var kinds = points.GroupBy(point => point.Messages).OrderBy(kind => kind.Key).Select(kind => ValidatorWork.Of([.. kind.Skip(warmUps)])).ToList();
        if (kinds is not [var few, var many]) throw new InvalidOperationException($"the chain's blocks hold {kinds.Count} different numbers of messages, not two");
        Console.WriteLine(ValidatorReport.Of(few, many, json));
        return 0;
    }

    private static async Task<List<SignedPoint>> SignAsync(string config)
    {
        var requests = new CountedRequests();
        var journal = Path.Combine(Path.GetDirectoryName(config)!, "signing-journal");
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = await Readers.OpenAsync(Readers.Options(config), database, added => added
            .AddSingleton(requests).AddSingleton(_ => new HttpClient(requests) { Timeout = Timeout.InfiniteTimeSpan })
            .AddSingleton(_ => new AttesterKey(LocalSigner.FromPrivateKey(Keccak256.Hash("validator of a benchmark").ToArray())))
            .AddSingleton(provider => new SigningJournal(journal, provider.GetRequiredService<ILogger<SigningJournal>>()))
            .AddSingleton<LedgerCheck>().AddSingleton<CheckpointProof>().AddSingleton<SigningRecord>().AddSingleton<SigningPath>());
        var (chains, source, path) = (services.GetRequiredService<ChainSet>(), Readers.Source(services), services.GetRequiredService<SigningPath>());
        var destination = chains.All.Single(link => link != source);
        await new BlockByBlock(services, destination).ReadAsync();

        var points = new List<SignedPoint>();
        await new BlockByBlock(services, source).ReadAsync(async () =>
        {
            if (await path.SignAsync(new Lane(source.Id, destination.Id)) is { } point) points.Add(point);
        });
        return points;
    }
}
