using System.Diagnostics;
using Bridge.Evm;

namespace Bridge.Relayer.Cli;

/// <param name="Times">How often it was done, one after the other.</param>
/// <param name="Problem">Why it was given up; null if it was done as often as it was to be.</param>
internal sealed record BenchLine(string What, int Times, double PerSecond, double MedianMilliseconds, double P95Milliseconds, string? Problem)
{
    /// <summary>What an endpoint fails with is told; everything else is the caller's.</summary>
    public static async Task<BenchLine> MeasureAsync(string what, int times, Func<int, Task> once)
    {
        var (took, began, problem) = (new List<double>(times), Stopwatch.GetTimestamp(), (string?)null);
        try
        {
            for (var n = 0; n < times; n++)
            {
                var started = Stopwatch.GetTimestamp();
                await once(n);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        catch (RpcException e)
        {
            problem = e.Message;
        }
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        took.Sort();
        return new BenchLine(what, took.Count, took.Count / seconds, At(took, 0.5), At(took, 0.95), problem);
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[(int)(part * (sorted.Count - 1))];
}
