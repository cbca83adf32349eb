namespace Bridge.Relayer.Hosting;

internal static class Each
{
    /// <summary>Does all of them even if some fail, so that one broken lane does not hold up the others; then throws what failed.</summary>
    public static async Task DoAsync<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken ct)
    {
        var failures = new List<Exception>();
        foreach (var item in items)
        {
            try
            {
                await work(item);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                failures.Add(e);
            }
        }
        if (failures.Count == 1) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
        if (failures.Count > 1) throw new AggregateException(failures);
    }
}
