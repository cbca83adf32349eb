namespace Bridge.Api.Streams;

/// <summary>Tells what is stored behind an id, then what comes, until it is over or the follower leaves.</summary>
/// <param name="stored">Events in (after, up to], in order; null: from now on.</param>
/// <param name="isLast">True for the event with which the telling ends.</param>
internal sealed class EventPump(FeedSubscription changes, Func<long, IAsyncEnumerable<ChangeEventBody>>? stored, Func<ChangeEventBody, bool> isLast) : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>A follower that takes nothing for so long is gone.</summary>
    private static readonly TimeSpan TakeLimit = TimeSpan.FromSeconds(30);

    /// <exception cref="OperationCanceledException">The follower left, or takes nothing for too long.</exception>
    /// <exception cref="TimeoutException">The changes cannot be read from the database now; nothing was told yet.</exception>
    public async Task RunAsync(IEventSink sink, CancellationToken ct)
    {
        var from = await changes.From.WaitAsync(StartLimit, ct);
        await TellAsync(sink.BeginAsync, ct);
        if (stored is not null)
            await foreach (var known in stored(from).WithCancellation(ct))
            {
                await TellAsync(limited => sink.SendAsync(known, limited), ct);
                if (isLast(known)) return;
            }
        while (!changes.HasEnded)
        {
            if (await changes.NextAsync(Heartbeat, ct) is not { } item)
            {
                await TellAsync(sink.HeartbeatAsync, ct);
                continue;
            }
            var body = ChangeEventBody.Of(item);
            await TellAsync(limited => sink.SendAsync(body, limited), ct);
            if (isLast(body)) return;
        }
    }

    public void Dispose() => changes.Dispose();

    private static async Task TellAsync(Func<CancellationToken, Task> tell, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TakeLimit);
        await tell(limit.Token);
    }
}
