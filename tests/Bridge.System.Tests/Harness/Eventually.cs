using System.Diagnostics;

namespace Bridge.SystemTests.Harness;

/// <summary>Waits for what must come true. The limit only bounds a failing test; nothing is asserted about time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task TrueAsync(string what, Func<Task<bool>> check, Func<string>? explain = null)
    {
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(started) < Limit)
        {
            try
            {
                if (await check()) return;
            }
            catch (Exception e) when (e is HttpRequestException or Evm.RpcException)
            {
                last = e;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"waited {Limit.TotalSeconds} s for {what}. {last?.Message} {explain?.Invoke()}");
    }

    public static async Task<T> NotNullAsync<T>(string what, Func<Task<T?>> read, Func<string>? explain = null) where T : class
    {
        T? found = null;
        await TrueAsync(what, async () => (found = await read()) is not null, explain);
        return found!;
    }
}
