using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Reads everything that a quote is computed from.</summary>
internal sealed class QuoteGatherer(
    OracleStore oracle, QuoteStore quotes, DirectoryQueries measured, DirectoryStore directory, HaltStore halts, AccountFacts accounts, ApiOptions options, TimeProvider time)
{
    public async Task<QuoteData> GatherAsync(QuoteRequest request, IReadOnlyList<AssetRow> assets, CancellationToken ct)
    {
        var lane = request.Lane;
        var answers = await accounts.AskAsync(
            [
                request.From is { } from ? new AccountQuestion(lane.Source, from, request.Asset) : null,
                request.Recipient is { } recipient ? new AccountQuestion(lane.Destination, recipient, request.Asset) : null,
            ], ct);
        var routes = await oracle.RoutesAsync(request.Asset, ct);
        var ways = routes.Where(route => route.SourceChain == lane.Source || route.DestinationChain == lane.Destination).ToList();
        return new QuoteData(
            request, time.GetUtcNow(), await oracle.ChainsAsync(ct), routes, assets.Where(row => row.Asset == request.Asset).ToDictionary(row => row.Chain),
            await EachAsync(ways.Select(way => way.Lane()), async one => await measured.TimesAsync(one, ct) ?? new ArrivalTimes(0, 0, 0)),
            await EachAsync(ways.Select(way => way.DestinationChain).Distinct(), chain => quotes.InFlightAsync(chain, request.Asset, ct)),
            await halts.AllAsync(ct), await SetsAsync(ways.Select(way => way.DestinationChain).Distinct(), ct), Submitters.Alive(await directory.HeartbeatsAsync(ct), time.GetUtcNow(), options),
            await oracle.TokenAsync(lane.Source, request.Asset, ct), answers[0], answers[1],
            request.Recipient is { } to && await quotes.HasReceivedAsync(to, ct), options.QuoteMarginPercent, TimeSpan.FromSeconds(options.StaleSeconds));
    }

    private async Task<IReadOnlyDictionary<ChainId, ValidatorSet>> SetsAsync(IEnumerable<ChainId> chains, CancellationToken ct)
    {
        var sets = new Dictionary<ChainId, ValidatorSet>();
        foreach (var chain in chains)
            if (await directory.CurrentSetAsync(chain, ct) is { } current) sets[chain] = current.Set;
        return sets;
    }

    private static async Task<IReadOnlyDictionary<TKey, TValue>> EachAsync<TKey, TValue>(IEnumerable<TKey> keys, Func<TKey, Task<TValue>> read) where TKey : notnull
    {
        var all = new Dictionary<TKey, TValue>();
        foreach (var key in keys) all[key] = await read(key);
        return all;
    }
}
