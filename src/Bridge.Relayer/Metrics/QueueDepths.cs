using Bridge.Relayer.Bus;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Bridge.Relayer.Metrics;

/// <summary>Asks the broker how many messages wait in this node's queues; nothing without a broker.</summary>
public sealed class QueueDepths(BusFactory bus, ILogger<QueueDepths> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Empty while the broker does not answer: the component of the bus says that.</summary>
    public async Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken ct)
    {
        if (bus.Broker is not { } broker) return [];
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(limit.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
            var samples = new List<Sample>();
            foreach (var queue in bus.QueueNames) samples.Add(new Sample("bridge_queue_depth", (await channel.QueueDeclarePassiveAsync(queue, limit.Token)).MessageCount, [("queue", queue)]));
            return samples;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("the broker did not say how many messages wait: {Error}", e.Message);
            return [];
        }
    }
}
