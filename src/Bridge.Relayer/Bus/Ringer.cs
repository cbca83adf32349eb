using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

/// <summary>Publishes doorbells. A broker that is down costs time, not work: the workers also look unasked, so a failure is only logged.</summary>
public sealed class Ringer(BusKeeper bus, ILogger<Ringer> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task RingAsync<T>(T doorbell, CancellationToken ct) where T : class
    {
        try
        {
            await PublishAsync(doorbell, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning("the bus did not take {Doorbell}: {Error}. The sweep will find the work", typeof(T).Name, e.Message);
        }
    }

    /// <summary>Returns once the broker has confirmed the message.</summary>
    /// <exception cref="OperationCanceledException">The broker did not confirm in time.</exception>
    public async Task PublishAsync<T>(T message, CancellationToken ct) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        // The client library does not always hear the token.
        await bus.Current.Publish(message, limit.Token).WaitAsync(limit.Token);
    }
}
