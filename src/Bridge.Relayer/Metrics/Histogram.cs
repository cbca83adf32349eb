namespace Bridge.Relayer.Metrics;

/// <param name="Counts">How many were at most as much as each bound, without those of the bounds below; one more for what is above all.</param>
public sealed record HistogramSample(string Name, IReadOnlyList<(string Name, string Value)> Labels, IReadOnlyList<long> Counts, double Sum)
{
    /// <summary>Seconds, from a signature's to a transfer's that waits for a night.</summary>
    public static readonly IReadOnlyList<double> Bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600, 21_600];
}

/// <summary>How long something took, by how often. Safe for concurrent use.</summary>
internal sealed class Histogram(string name, IReadOnlyList<(string Name, string Value)> labels)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[HistogramSample.Bounds.Count + 1];
    private double _sum;

    public void Add(double seconds)
    {
        var bucket = 0;
        while (bucket < HistogramSample.Bounds.Count && seconds > HistogramSample.Bounds[bucket]) bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += seconds;
        }
    }

    public HistogramSample Read()
    {
        lock (_lock) return new HistogramSample(name, labels, [.. _counts], _sum);
    }
}
