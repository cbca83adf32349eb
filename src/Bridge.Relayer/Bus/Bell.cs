using System.Threading.Channels;

namespace Bridge.Relayer.Bus;

/// <summary>Wakes one worker of this process. Rings while nobody waits are remembered as one.</summary>
public sealed class Bell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Returns at the next ring, or after <paramref name="patience"/>: a worker also looks unasked.</summary>
    /// <returns>Whether it rang.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        Task rung = _rung.Reader.ReadAsync(limit.Token).AsTask();
        await rung.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return rung.IsCompletedSuccessfully;
    }
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
    public BellGroup AccountAsked { get; } = new();
    public BellGroup ErrandAccepted { get; } = new();
    public BellGroup SponsorshipAsked { get; } = new();

    public void RingAll()
    {
        Finalized.Ring();
        Signed.Ring();
        Offered.Ring();
        Certified.Ring();
    }
}
