namespace Bridge.Relayer.Bus;

/// <summary>Wakes one worker of this process. Rings while nobody waits are remembered as one.</summary>
public sealed class Bell
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        lock (_rung)
        {
            if (_rung.CurrentCount == 0) _rung.Release();
        }
    }

    /// <summary>Returns at the next ring, or after <paramref name="patience"/>: a worker also looks unasked.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken ct) => _rung.WaitAsync(patience, ct);
}

/// <summary>Bells of several workers that look at the same thing.</summary>
public sealed class BellGroup
{
    private readonly List<Bell> _bells = [];

    /// <summary>A bell of the worker's own. Called while the process is composed, before anything rings.</summary>
    public Bell Hang()
    {
        var bell = new Bell();
        _bells.Add(bell);
        return bell;
    }

    public void Ring() => _bells.ForEach(bell => bell.Ring());
}

/// <summary>The bells of this process, by what they ask to look at.</summary>
public sealed class Bells
{
    public BellGroup Finalized { get; } = new();
    public BellGroup Signed { get; } = new();
    public BellGroup Offered { get; } = new();
    public BellGroup Certified { get; } = new();

    public void RingAll()
    {
        Finalized.Ring();
        Signed.Ring();
        Offered.Ring();
        Certified.Ring();
    }
}
