using Bridge.Api.Directory;
using Bridge.Api.Limits;
using Bridge.Api.Search;
using Bridge.Api.Standing;
using Bridge.Api.Streams;
using Bridge.Api.Transfers;

namespace Bridge.Api;

internal static class ReadingServices
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<DirectoryCache>().AddSingleton<CursorKey>().AddSingleton<TransferLookup>().AddSingleton<DeliveryCalls>()
        .AddSingleton<RateLimits>().AddSingleton<StreamSlots>().AddSingleton<CostlyGate>()
        .AddSingleton<TransitionFeed>().AddHostedService(provider => provider.GetRequiredService<TransitionFeed>())
        .AddSingleton<StandingReader>().AddSingleton<Searcher>().AddHostedService<SearchBeginner>()
        .AddSingleton<LongPolls>().AddSingleton<TransferStream>();
}
