using System.Diagnostics;

namespace Bridge.Benchmarks.Measuring;

/// <summary>How long, and how often, a rate is measured.</summary>
/// <param name="Count">At least 5: medians of fewer say little.</param>
/// <param name="Span">Of each measurement.</param>
internal sealed record Rounds(int Count, TimeSpan Span)
{
    public static Rounds Full { get; } = new(9, TimeSpan.FromSeconds(1));
    public static Rounds Quick { get; } = new(5, TimeSpan.FromMilliseconds(100));

    /// <summary>Both rates in turns, so that what slows the machine down slows both. The first turn, in which code is compiled, does not count.</summary>
    /// <param name="work">Does as many operations as it is asked for.</param>
    /// <param name="bound">The same of what bounds it.</param>
    public IReadOnlyList<RatePair> Measure(Action<int> work, Action<int> bound)
    {
        Rate(work);
        Rate(bound);
        return [.. Enumerable.Range(0, Count).Select(_ => new RatePair(Rate(work), Rate(bound)))];
    }

    /// <summary>Operations a second.</summary>
    public double Rate(Action<int> work)
    {
        for (var count = 1; ;)
        {
            var began = Stopwatch.GetTimestamp();
            work(count);
            var took = Stopwatch.GetElapsedTime(began);
            if (took >= Span) return count / took.TotalSeconds;
            count = took < Span / 8 ? count * 4 : (int)(count * 1.1 * (Span / took)) + 1;
        }
    }
}
