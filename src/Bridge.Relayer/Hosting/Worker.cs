using Bridge.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Hosting;

/// <summary>
/// One idempotent step, again and again. What a step throws leaves everything as it was: it is logged, shown as a stalled component, and
/// the step runs again, later each time up to two seconds.
/// </summary>
public abstract class Worker(string component, DirectoryStore directory, ILogger log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    private readonly ProgressKeeper _progress = new(component, TimeProvider.System);
    private (string? Note, long At)? _lastBeat;
    private volatile bool _draining;

    /// <summary>What stalls and beats under this name in the health report.</summary>
    public string Component { get; } = component;

    protected DirectoryStore Directory { get; } = directory;

    /// <summary>Nothing is to be begun any more that would have to be followed up.</summary>
    protected bool IsDraining => _draining;

    /// <summary>Whether somebody has to wait for it before the process may end: it begins what takes longer than a step, or what must not be left half done.</summary>
    public virtual bool MustDrain => false;

    /// <summary>Has it begin nothing more. Completes when what it began is done and it has ended.</summary>
    public Task DrainAsync()
    {
        _draining = true;
        return ExecuteTask ?? Task.CompletedTask;
    }

    /// <summary>Asked after each whole step while it drains: whether nothing that it began needs it any more.</summary>
    protected virtual Task<bool> IsDrainedAsync(CancellationToken ct) => Task.FromResult(true);

    /// <param name="patience">For one step; one that lasts longer counts as stalled.</param>
    public WorkerProgress Progress(TimeSpan patience) => _progress.Read(patience);

    /// <summary>Says in the middle of a long step that it comes forward, and how far it is: at once if it was silent until now, later every two seconds.</summary>
    protected async Task ProgressedAsync(string note, CancellationToken ct)
    {
        _progress.Working();
        if (_lastBeat is { } last && TimeProvider.System.GetElapsedTime(last.At) < BeatEvery) return;
        await BeatAsync(note, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _progress.Working();
                var draining = _draining;
                var note = await StepAsync(stoppingToken);
                failures = 0;
                log.LogDebug("{Component}: {Note}", Component, note ?? "a step is done");
                await BeatAsync(note, stoppingToken);
                _progress.Ended("ok", note);
                if (draining && await IsDrainedAsync(stoppingToken)) return;
                await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                _lastBeat = null;
                _progress.Ended("stalled", e.Message);
                // The stack is told once: a node that stalls for a night must not fill the disk.
                log.LogError(failures == 1 ? e : null, "{Component}: {Error}", Component, e.Message);
                await StallAsync(e.Message, stoppingToken);
                await Task.Delay(Pause(failures), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Does what there is to do, and says in a few words what it waits for, or null.</summary>
    protected abstract Task<string?> StepAsync(CancellationToken ct);

    protected abstract Task WaitAsync(CancellationToken ct);

    private async Task BeatAsync(string? note, CancellationToken ct)
    {
        if (_lastBeat is { } last && last.Note == note && TimeProvider.System.GetElapsedTime(last.At) < BeatEvery) return;
        await Directory.BeatAsync(Component, "ok", note, ct);
        _lastBeat = (note, TimeProvider.System.GetTimestamp());
    }

    internal static TimeSpan Pause(int failures)
    {
        var seconds = Math.Min(LongestPause.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(failures, 10) - 1));
        return TimeSpan.FromSeconds(seconds * (0.75 + (Random.Shared.NextDouble() / 2)));
    }

    private async Task StallAsync(string reason, CancellationToken ct)
    {
        try
        {
            await Directory.BeatAsync(Component, "stalled", reason, ct);
        }
        catch (Exception e)
        {
            // The database itself may be what failed; a missing heartbeat shows as stalled all the same.
            log.LogWarning("{Component}: cannot report that it stalled: {Error}", Component, e.Message);
        }
    }
}
