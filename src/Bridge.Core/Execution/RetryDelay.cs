namespace Bridge.Core;

/// <summary>How long what failed is left alone. It doubles, so that a simulation that fails or lies costs little however long it does.</summary>
public static class RetryDelay
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="failures">In a row. Nothing is waited for at 0.</param>
    /// <param name="first">The wait after the first.</param>
    public static TimeSpan After(int failures, TimeSpan first)
    {
        if (failures <= 0) return TimeSpan.Zero;
        var doubled = first.TotalSeconds * Math.Pow(2, Math.Min(failures, 32) - 1);
        return doubled < Longest.TotalSeconds ? TimeSpan.FromSeconds(doubled) : Longest;
    }
}
