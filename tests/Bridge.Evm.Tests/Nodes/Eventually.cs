using System.Diagnostics;

namespace Bridge.Evm.Tests;

/// <summary>Waits for what must come true, since an endpoint outside the quorum is judged when its answer comes. The limit only bounds a failing test.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> check, Func<Task>? each = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!check())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30)) throw new TimeoutException("It did not come true.");
            if (each is not null) await each();
            await Task.Delay(20);
        }
    }
}
