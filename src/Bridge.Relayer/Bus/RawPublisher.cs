using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Bridge.Relayer.Bus;

/// <summary>Puts bytes into one queue as they are.</summary>
public static class RawPublisher
{
    /// <summary>Returns once the broker has confirmed that the queue holds it.</summary>
    /// <exception cref="HttpRequestException">The broker does not answer, or has no such queue.</exception>
    public static async Task SendAsync(Uri broker, string queue, string? contentType, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        try
        {
            await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ct);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            var properties = new BasicProperties { ContentType = contentType, DeliveryMode = DeliveryModes.Persistent };
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, ct);
        }
        catch (Exception e) when (e is BrokerUnreachableException or PublishException or OperationInterruptedException or IOException)
        {
            throw new HttpRequestException($"the broker did not put it into the queue {queue}: {e.Message}", e);
        }
    }
}
