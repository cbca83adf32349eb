namespace Bridge.Benchmarks.Measuring;

/// <summary>The middle of what was measured: one round that something else disturbed does not move it.</summary>
internal static class Median
{
    /// <param name="values">At least one.</param>
    public static double Of(IEnumerable<double> values)
    {
        var ascending = values.Order().ToList();
        return ascending.Count % 2 == 1 ? ascending[ascending.Count / 2] : (ascending[(ascending.Count / 2) - 1] + ascending[ascending.Count / 2]) / 2;
    }
}
