namespace Bridge.Relayer.Watch;

/// <summary>When a watcher whose endpoints contradict the contract reads again: at once, and then less and less often while it does not help.</summary>
public sealed class Rereading(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private TimeSpan _pause = First;

    /// <summary>True counts as a try.</summary>
    public bool IsDue()
    {
        var now = time.GetUtcNow();
        if (now < _next) return false;
        (_next, _pause) = (now + _pause, _pause * 2 < Longest ? _pause * 2 : Longest);
        return true;
    }

    public void Succeeded() => (_next, _pause) = (DateTimeOffset.MinValue, First);
}
