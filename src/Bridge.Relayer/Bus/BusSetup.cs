using Bridge.Relayer.Configuration;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Bus;

/// <summary>RabbitMQ with quorum queues and publisher confirms, or the in-memory transport when no broker is configured.</summary>
public static class BusSetup
{
    public static IServiceCollection AddBus(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton<Bells>().AddSingleton<Ringer>();
        services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = false);
        return services.AddMassTransit(bus =>
        {
            foreach (var (_, consumer, _) in Queues(options.Roles)) bus.AddConsumer(consumer);
            if (options.Bus.RabbitMq.Length == 0)
                bus.UsingInMemory((context, transport) => Connect(options, context, transport, _ => { }));
            else
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(new Uri(options.Bus.RabbitMq), host => host.PublisherConfirmation = true);
                    Connect(options, context, transport, queue => ((IRabbitMqReceiveEndpointConfigurator)queue).SetQuorumQueue());
                });
        });
    }

    private static void Connect(
        BridgeOptions options, IBusRegistrationContext context, IBusFactoryConfigurator transport, Action<IReceiveEndpointConfigurator> durable)
    {
        foreach (var (role, consumer, prefetch) in Queues(options.Roles))
        {
            transport.ReceiveEndpoint($"{options.Bus.Node}.{role}", queue =>
            {
                durable(queue);
                queue.PrefetchCount = prefetch;
                queue.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));
                queue.ConfigureConsumer(context, consumer);
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
