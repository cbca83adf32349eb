using System.Threading.Channels;
using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>What one follower has yet to be told. One that does not listen is cut off: it resumes where it was, and nobody's memory grows.</summary>
internal sealed class FeedSubscription(Func<FeedItem, bool> wants, Action<FeedSubscription> leave) : IDisposable
{
    private const int Waiting = 1024;

    private readonly Channel<FeedItem> _items = Channel.CreateBounded<FeedItem>(Waiting);
    private readonly TaskCompletionSource<long> _from = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Items above this id come here; those up to it can be read from the database.</summary>
    public Task<long> From => _from.Task;

    public void StartAt(long id) => _from.TrySetResult(id);

    /// <summary>False when the follower has fallen too far behind, and is cut off.</summary>
    public bool Offer(FeedItem item)
    {
        if (!wants(item) || _items.Writer.TryWrite(item)) return true;
        End();
        return false;
    }

    public void End()
    {
        _items.Writer.TryComplete();
        _from.TrySetCanceled();
    }

    /// <summary>The next item; null when none came in that time, or none will.</summary>
    public async Task<FeedItem?> NextAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await _items.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public bool HasEnded => _items.Reader.Completion.IsCompleted;

    public void Dispose()
    {
        leave(this);
        End();
    }
}
