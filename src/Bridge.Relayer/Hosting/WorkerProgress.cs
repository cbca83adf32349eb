namespace Bridge.Relayer.Hosting;

/// <summary>How a worker stands.</summary>
/// <param name="State">"ok" or "stalled".</param>
/// <param name="Detail">What it waits for, or why it stalls.</param>
/// <param name="Since">Since when it is in this state; of a step that does not end, since it began.</param>
public sealed record WorkerProgress(string Component, string State, string? Detail, DateTimeOffset Since);

/// <summary>Keeps that for one worker, and notices a step that does not end: nobody else could say so. Safe for concurrent use.</summary>
internal sealed class ProgressKeeper(string component, TimeProvider time)
{
    private readonly Lock _lock = new();
    private WorkerProgress _last = new(component, "ok", null, time.GetUtcNow());
    private long? _stepBegan;

    /// <summary>A step begins, or has come further.</summary>
    public void Working()
    {
        lock (_lock) _stepBegan = time.GetTimestamp();
    }

    public void Ended(string state, string? detail)
    {
        lock (_lock)
        {
            _stepBegan = null;
            _last = _last with { State = state, Detail = detail, Since = state == _last.State ? _last.Since : time.GetUtcNow() };
        }
    }

    /// <param name="patience">For one step.</param>
    public WorkerProgress Read(TimeSpan patience)
    {
        lock (_lock)
        {
            if (_stepBegan is not { } began) return _last;
            var lasts = time.GetElapsedTime(began);
            if (lasts <= patience) return _last;
            return _last with { State = "stalled", Detail = $"one step lasts for more than {patience.TotalSeconds:0} s", Since = time.GetUtcNow() - lasts };
        }
    }
}
