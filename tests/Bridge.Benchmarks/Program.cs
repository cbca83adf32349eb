using Bridge.Benchmarks.Api;

// Started by ops/bench NAME, which has checked the arguments and started what is needed.
if (args is not ["api", .. var rest] || ApiBenchOptions.TryRead(rest) is not { } options)
{
    await Console.Error.WriteLineAsync($"usage: Bridge.Benchmarks api {ApiBenchOptions.Usage}");
    return 2;
}
return await ApiBench.RunAsync(options);
