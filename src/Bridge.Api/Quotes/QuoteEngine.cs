using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <param name="Intents">By route: what its owner signs, for routes that a submitter sends.</param>
internal sealed record QuoteResult(IReadOnlyList<RouteBody> Routes, IReadOnlyList<RejectedBody> Rejected, IReadOnlyDictionary<string, SignedIntent> Intents);

/// <summary>Every way that this deployment offers, priced and checked, the best first and the impossible with its reason.</summary>
internal sealed class QuoteEngine(QuoteData data, Guid quoteId, DateTimeOffset expiresAt)
{
    private readonly RouteChecks _checks = new(data);
    private readonly RoutePricer _pricer = new(data);
    private readonly RouteComposer _composer = new(data, new RouteSteps(data, quoteId, expiresAt));
    private readonly List<RouteBody> _routes = [];
    private readonly List<RejectedBody> _rejected = [];
    private readonly Dictionary<string, SignedIntent> _intents = [];

    public QuoteResult Compute()
    {
        var lane = data.Request.Lane;
        Try("direct", [lane]);
        foreach (var hub in data.Routes.Select(route => route.SourceChain).Distinct().Where(chain => chain != lane.Source && chain != lane.Destination).Order())
            Try($"hub-{hub}", [new Lane(lane.Source, hub), new Lane(hub, lane.Destination)]);
        return new QuoteResult(RouteRanking.Rank(_routes, data.Request.Preference), _rejected, _intents);
    }

    private void Try(string id, List<Lane> lanes)
    {
        if (_checks.Unusable(id, lanes) is { } unusable)
        {
            _rejected.Add(unusable);
            return;
        }
        if (lanes.Count > 1 && (data.Request.From is null || data.Sender?.Code == "contract"))
        {
            _rejected.Add(new RejectedBody(id, WriteProblems.NoRoute.Code, "Through another chain the sender must control the same address there, which a contract may not."));
            return;
        }
        var ways = lanes.Select(lane => data.Way(lane)!).ToList();
        Add(id, Pace.Now, ways);
        if (lanes.Count == 1 && _pricer.BatchIsCheaper(ways[0])) Add(id + "-batch", Pace.Batch, ways);
    }

    private void Add(string id, Pace pace, IReadOnlyList<RouteRow> ways)
    {
        PricedRoute priced;
        try
        {
            priced = _pricer.Price(id, pace, ways);
        }
        catch (OverflowException)
        {
            _rejected.Add(new RejectedBody(id, WriteProblems.AmountTooHigh.Code, "With its fees it is more than 2^128 - 1 base units."));
            return;
        }
        if (_checks.Unpayable(priced) is { } refusal)
        {
            _rejected.Add(refusal);
            return;
        }
        var (body, intent) = _composer.Compose(priced);
        _routes.Add(body);
        if (intent is not null) _intents[id] = intent;
    }
}
