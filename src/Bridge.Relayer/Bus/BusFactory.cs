using Bridge.Relayer.Configuration;
using Bridge.Store;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Bus;

/// <summary>Makes buses with this process's queues: RabbitMQ with quorum queues and publisher confirms, or the in-memory transport when no broker is configured.</summary>
public sealed class BusFactory(BridgeOptions options, IServiceProvider services)
{
    // A broker that is cut off without a word is missed after two of them.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Null for the in-memory transport.</summary>
    public Uri? Broker => options.Bus.RabbitMq.Length == 0 ? null : new Uri(options.Bus.RabbitMq);

    /// <summary>This process's, as the broker knows them.</summary>
    public IEnumerable<string> QueueNames => Queues(options.Roles).Select(queue => $"{options.Bus.Node}.{queue.Role}");

    /// <summary>Not started yet.</summary>
    public IBusControl Create() => Broker is null
        ? MassTransit.Bus.Factory.CreateUsingInMemory(transport => Connect(transport, _ => { }))
        : MassTransit.Bus.Factory.CreateUsingRabbitMq(transport =>
        {
            transport.Host(Broker, host =>
            {
                host.PublisherConfirmation = true;
                host.Heartbeat(Heartbeat);
            });
            Connect(transport, queue => ((IRabbitMqReceiveEndpointConfigurator)queue).SetQuorumQueue());
        });

    private void Connect(IBusFactoryConfigurator transport, Action<IReceiveEndpointConfigurator> durable)
    {
        foreach (var (role, consumer, prefetch) in Queues(options.Roles))
        {
            transport.ReceiveEndpoint($"{options.Bus.Node}.{role}", queue =>
            {
                durable(queue);
                queue.PrefetchCount = prefetch;
                queue.UseMessageRetry(retry =>
                {
                    retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200));
                    retry.Ignore<PoisonException>();
                    retry.Ignore<IntakeFullException>();
                });
                var park = ActivatorUtilities.CreateInstance<ParkFilter>(services, $"{options.Bus.Node}.{role}");
                queue.ConfigureError(pipe => pipe.UseFilter(park));
                queue.ConfigureDeadLetter(pipe => pipe.UseFilter(park));
                queue.Consumer(consumer, type => ActivatorUtilities.CreateInstance(services, type));
            });
        }
    }

    private static IEnumerable<(string Role, Type Consumer, int Prefetch)> Queues(IReadOnlyList<string> roles)
    {
        if (roles.Contains(Roles.Attest)) yield return (Roles.Attest, typeof(FinalizedConsumer), 16);
        if (roles.Contains(Roles.Relay)) yield return (Roles.Relay, typeof(OfferedConsumer), 64);
        if (roles.Contains(Roles.Execute)) yield return (Roles.Execute, typeof(CertifiedConsumer), 16);
    }
}
