using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

/// <summary>Publishes. A broker that is down costs time, not work: the workers also look unasked, so a doorbell that it does not take is only logged.</summary>
public sealed class Ringer(BusKeeper bus, ILogger<Ringer> log) : BackgroundService
{
    private const int MostWaiting = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<object> _doorbells = Channel.CreateBounded<object>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Nobody waits for it: a worker that stood before a broker that is away would do nothing else meanwhile.</summary>
    public void Ring<T>(T doorbell) where T : class => _doorbells.Writer.TryWrite(doorbell);

    /// <summary>Returns once the broker has confirmed the message.</summary>
    /// <exception cref="OperationCanceledException">The broker did not confirm in time.</exception>
    public async Task PublishAsync(object message, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        // The client library does not always hear the token.
        await bus.Current.Publish(message, limit.Token).WaitAsync(limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var doorbell in _doorbells.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await PublishAsync(doorbell, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("the bus did not take {Doorbell}: {Error}. The sweep will find the work", doorbell.GetType().Name, e.Message);
            }
        }
    }
}
