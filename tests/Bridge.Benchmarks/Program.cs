using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Certify;
using Bridge.Benchmarks.History;
using Bridge.Benchmarks.Measuring;
using Bridge.Benchmarks.Primitives;

// Started by ops/bench NAME, which has checked the arguments and started what is needed.
switch (args)
{
    case ["api", .. var rest] when ApiBenchOptions.TryRead(rest) is { } options: return await ApiBench.RunAsync(options);
    case ["history", .. var rest] when HistoryBenchOptions.TryRead(rest) is { } options: return await HistoryBench.RunAsync(options);
    case ["keccak", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(KeccakBench.Run(options.Rounds), options.Json);
    case ["recover", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(SignatureBenches.Recover(options.Rounds), options.Json);
    case ["sign", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(SignatureBenches.Sign(options.Rounds), options.Json);
    case ["certify", .. var rest] when PureOptions.TryRead(rest) is { } options: return Report.Print(CertifyBench.Run(options.Rounds), options.Json);
    default:
        await Console.Error.WriteLineAsync($"usage: Bridge.Benchmarks api {ApiBenchOptions.Usage} | history {HistoryBenchOptions.Usage} | keccak|recover|sign|certify {PureOptions.Usage}");
        return 2;
}
