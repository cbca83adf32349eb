namespace Bridge.Benchmarks;

/// <summary>Of measured times, in milliseconds; the nearest rank, so that each is a time that was measured.</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    /// <param name="times">At least one.</param>
    public static Percentiles Of(IEnumerable<double> times)
    {
        var ascending = times.Order().ToList();
        return new Percentiles(At(ascending, 0.5), At(ascending, 0.95), At(ascending, 0.99), ascending[^1]);
    }

    private static double At(List<double> ascending, double share) => ascending[(int)Math.Ceiling(share * ascending.Count) - 1];
}
