using System.Globalization;
using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Certify;
using Bridge.Benchmarks.Growth;
using Bridge.Benchmarks.History;
using Bridge.Benchmarks.Ingest;
using Bridge.Benchmarks.Measuring;
using Bridge.Benchmarks.Primitives;
using Bridge.Benchmarks.Startup;
using Bridge.Benchmarks.Validator;

// Started by ops/bench NAME, which has checked the arguments and started what is needed.
switch (args)
{
    case ["api", .. var rest] when ApiBenchOptions.TryRead(rest) is { } options: return await ApiBench.RunAsync(options);
    case ["history", .. var rest] when HistoryBenchOptions.TryRead(rest) is { } options: return await HistoryBench.RunAsync(options);
    case ["keccak", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(KeccakBench.Run(options.Rounds), options.Json);
    case ["recover", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(SignatureBenches.Recover(options.Rounds), options.Json);
    case ["sign", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(SignatureBenches.Sign(options.Rounds), options.Json);
    case ["certify", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(CertifyBench.Run(options.Rounds), options.Json);
    case ["ingest", var config, .. ([] or ["--json"])]: return await IngestBench.RunAsync(config, args.Length > 2);
    case ["validator", var config, var warmUps, .. ([] or ["--json"])]: return await ValidatorBench.RunAsync(config, int.Parse(warmUps, CultureInfo.InvariantCulture), args.Length > 3);
    case ["startup", var config, var transfers, var programs, .. ([] or ["--json"])]: return await StartupBench.RunAsync(config, int.Parse(transfers, CultureInfo.InvariantCulture), programs, args.Length > 4);
    case ["growth", var sizes, .. ([] or ["--json"])]: return await GrowthBench.RunAsync([.. sizes.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))], args.Length > 2);
    default:
        await Console.Error.WriteLineAsync($"usage: Bridge.Benchmarks api {ApiBenchOptions.Usage} | history {HistoryBenchOptions.Usage} | keccak|recover|sign|certify {PureOptions.Usage} | ingest CONFIG [--json] | validator CONFIG WARMUPS [--json] | startup CONFIG TRANSFERS PROGRAMS [--json] | growth SIZE,SIZE… [--json]");
        return 2;
}
