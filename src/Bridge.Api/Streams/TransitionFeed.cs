using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>
/// Reads every change once for all who follow, in the order of their ids and without a hole: a change whose transaction is still running may
/// yet appear below one that is seen already, so ids are told only once every transaction of their time has ended. While nobody follows, it rests.
/// </summary>
internal sealed class TransitionFeed(FeedQueries queries, ILogger<TransitionFeed> log) : BackgroundService
{
    private const int MostPending = 1000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<FeedSubscription> _followers = [];
    private readonly Queue<FeedHead> _pending = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long? _told;

    /// <param name="after">What the follower has already, as its last id; 0 for nothing. This process may be behind it.</param>
    public FeedSubscription Subscribe(long after, Func<FeedItem, bool> wants)
    {
        var subscription = new FeedSubscription(item => item.Transition.Id > after && wants(item), Leave);
        lock (_lock)
        {
            _followers.Add(subscription);
            if (_told is { } told) subscription.StartAt(told);
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        return subscription;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (Rest()) await _wake.WaitAsync(stoppingToken);
                await StepAsync(stoppingToken);
                failures = 0;
                await Task.Delay(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Said once: followers wait, and get everything as soon as the database answers again.
                if (failures++ == 0) log.LogWarning("the changes cannot be read now, followers wait: {Error}", e.Message);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        EndAll();
    }

    private bool Rest()
    {
        lock (_lock)
        {
            if (_followers.Count > 0) return false;
            _told = null;
            _pending.Clear();
            return true;
        }
    }

    private async Task StepAsync(CancellationToken ct)
    {
        var head = await queries.HeadAsync(ct);
        if (head.Newest < _told)
        {
            log.LogWarning("the database has become older, to change {Newest} from {Told}: followers begin again", head.Newest, _told);
            EndAll();
            return;
        }
        if (Settled(head) is not { } settled) return;
        if (_told is null) Begin(settled);
        while (_told < settled)
        {
            var items = await queries.ReadAsync(_told.Value, settled, ct);
            Tell(items, items.Count > 0 && items[^1].Transition.Id < settled ? items[^1].Transition.Id : settled);
        }
    }

    /// <summary>Up to which id nothing can appear any more; null if that is not known of any yet.</summary>
    private long? Settled(FeedHead head)
    {
        if (_pending.Count < MostPending) _pending.Enqueue(head);
        long? settled = null;
        while (_pending.TryPeek(out var seen) && head.OldestRunning >= seen.NextTransaction)
        {
            _pending.Dequeue();
            settled = seen.Newest;
        }
        return settled;
    }

    private void Begin(long at)
    {
        lock (_lock)
        {
            _told = at;
            foreach (var follower in _followers) follower.StartAt(at);
        }
    }

    private void Tell(IReadOnlyList<FeedItem> items, long upTo)
    {
        lock (_lock)
        {
            _told = upTo;
            _followers.RemoveWhere(follower => !items.All(follower.Offer));
        }
    }

    private void EndAll()
    {
        lock (_lock)
        {
            foreach (var follower in _followers) follower.End();
            _followers.Clear();
            _pending.Clear();
            _told = null;
        }
    }

    private void Leave(FeedSubscription follower)
    {
        lock (_lock) _followers.Remove(follower);
    }
}
