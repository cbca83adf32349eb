using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.History;

// Started by ops/bench NAME, which has checked the arguments and started what is needed.
switch (args)
{
    case ["api", .. var rest] when ApiBenchOptions.TryRead(rest) is { } options: return await ApiBench.RunAsync(options);
    case ["history", .. var rest] when HistoryBenchOptions.TryRead(rest) is { } options: return await HistoryBench.RunAsync(options);
    default:
        await Console.Error.WriteLineAsync($"usage: Bridge.Benchmarks api {ApiBenchOptions.Usage}{Environment.NewLine}       Bridge.Benchmarks history {HistoryBenchOptions.Usage}");
        return 2;
}
