using Bridge.Relayer.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Bridge.Relayer.Bus;

public static class BusSetup
{
    /// <summary>The bells of this process, and the bus that rings those of others. Nothing waits for the broker.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services, BridgeOptions options)
    {
        services.TryAddSingleton(options);
        return services
            .AddSingleton<Bells>().AddSingleton<BusFactory>()
            .AddSingleton<BusKeeper>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<BusKeeper>())
            .AddSingleton<Ringer>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<Ringer>());
    }
}
