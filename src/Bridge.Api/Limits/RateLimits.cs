using System.Collections.Concurrent;

namespace Bridge.Api.Limits;

/// <param name="Name">As in the header.</param>
/// <param name="Quota">Requests in a window, all at once if the caller likes.</param>
internal sealed record RatePolicy(string Name, int Quota, int WindowSeconds);

/// <param name="Remaining">Requests that pass now.</param>
/// <param name="ResetSeconds">Until the whole quota is there again.</param>
/// <param name="RetrySeconds">Until the next request passes; 0 if it does now.</param>
internal readonly record struct RateDecision(bool IsAllowed, int Remaining, int ResetSeconds, int RetrySeconds);

/// <summary>
/// Requests of each client by the generic cell rate algorithm: one time for each client and policy, and nobody is ever shut out for longer
/// than it takes the next request to become free.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private const int SweepEvery = 10_000;

    /// <summary>When the client's quota is whole again, in ticks.</summary>
    private readonly ConcurrentDictionary<(string Client, string Policy), long> _wholeAt = new();
    private int _taken;

    public int Clients => _wholeAt.Count;

    public RateDecision Take(string client, RatePolicy policy)
    {
        if (Interlocked.Increment(ref _taken) % SweepEvery == 0) Sweep();
        var (now, window) = (time.GetUtcNow().UtcTicks, policy.WindowSeconds * TimeSpan.TicksPerSecond);
        var step = window / policy.Quota;
        while (true)
        {
            var known = _wholeAt.TryGetValue((client, policy.Name), out var at);
            var next = Math.Max(at, now) + step;
            if (next - now > window) return new RateDecision(false, 0, Seconds(at - now), Seconds(next - now - window));
            var won = known ? _wholeAt.TryUpdate((client, policy.Name), next, at) : _wholeAt.TryAdd((client, policy.Name), next);
            if (won) return new RateDecision(true, (int)((window - (next - now)) / step), Seconds(next - now), 0);
        }
    }

    /// <summary>A client whose quota is whole again is the same as one that never came.</summary>
    private void Sweep()
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var whole in _wholeAt.Where(entry => entry.Value <= now)) _wholeAt.TryRemove(whole);
    }

    private static int Seconds(long ticks) => (int)((ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
}
