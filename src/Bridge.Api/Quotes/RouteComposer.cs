using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>A priced route as callers see it, without its rank.</summary>
internal sealed class RouteComposer(QuoteData data, RouteSteps steps)
{
    private readonly RouteWarnings _warnings = new(data);

    public (RouteBody Body, SignedIntent? Intent) Compose(PricedRoute route)
    {
        var todo = steps.Of(route);
        var (first, last) = (route.Legs[0].Way, route.Legs[^1].Way);
        var body = new RouteBody(
            route.Id, 0, [], [.. route.Legs.Select(Leg)], Amount(first.SourceChain, route.Input), Amount(last.DestinationChain, route.Output),
            [.. Fees(route, todo.Gas)], Amount(first.SourceChain, route.Fees), Eta(route), Security(last.DestinationChain), Headroom(last),
            _warnings.Of(route), todo.List, todo.Calls);
        return (body, todo.Intent);
    }

    private static LegBody Leg(Leg leg) => new(
        Format.Caip2(leg.Way.SourceChain), Format.Caip2(leg.Way.DestinationChain), $"{leg.Way.SourceChain}-{leg.Way.DestinationChain}",
        leg.Recipient?.ToString() ?? "", Format.Amount(leg.Amount), Format.Amount(leg.Fee.Amount));

    private IEnumerable<FeeBody> Fees(PricedRoute route, ulong gas)
    {
        foreach (var leg in route.Legs) yield return Fee("destinationGas", leg.Way.SourceChain, leg.Fee);
        if (route.Submission is { } submission) yield return Fee("submission", route.Legs[0].Way.SourceChain, submission);
        var source = route.Legs[0].Way.SourceChain;
        if (gas > 0) yield return new FeeBody("sourceGas", "gas", $"{Format.Caip2(source)}/slip44:60", Format.Amount(gas * data.Chains[source].GasPrice()), null, null, null);
    }

    private FeeBody Fee(string kind, ChainId chain, PricedFee fee) =>
        new(kind, "sender", Caip19(chain), Format.Amount(fee.Amount), Format.Amount(fee.Minimum), fee.Cost is { } cost ? Format.Amount(cost) : null, data.MarginPercent);

    /// <summary>Of several legs the times are added: that of the slowest at both, and so more than p95 of the whole.</summary>
    private EtaBody Eta(PricedRoute route)
    {
        var times = route.Legs.Select(leg => data.Times.GetValueOrDefault(leg.Way.Lane()) ?? new ArrivalTimes(0, 0, 0)).ToList();
        var waits = route.Legs.Select(WaitsUntil).Max();
        var notBefore = waits is { } at && at > data.Now ? Format.Time(at) : null;
        return times.Any(lane => lane.Transfers == 0)
            ? new EtaBody(null, null, "no transfer of this lane was measured yet", notBefore)
            : new EtaBody(Math.Round(times.Sum(lane => lane.P50Seconds), 1), Math.Round(times.Sum(lane => lane.P95Seconds), 1),
                string.Join(" and ", times.Select(lane => $"the last {lane.Transfers} transfers")) + " of the lane, from block to block", notBefore);
    }

    private DateTimeOffset? WaitsUntil(Leg leg)
    {
        var held = leg.Way.HoldThreshold > 0 && leg.Amount > leg.Way.HoldThreshold ? data.Now.AddSeconds(leg.Way.HoldSeconds) : (DateTimeOffset?)null;
        var bucket = _warnings.BucketFreesAt(leg);
        return held is null || bucket > held ? bucket : held;
    }

    private SecurityBody Security(ChainId destination) => data.Sets.TryGetValue(destination, out var set)
        ? new SecurityBody(set.Threshold, set.Members.Count, set.Epoch.ToString(), "nothing is signed before the source's block is final")
        : new SecurityBody(0, 0, "", "the validator set has not been read yet");

    private HeadroomBody Headroom(RouteRow way)
    {
        var (outbound, inbound) = (way.Outbound(), way.Inbound());
        return new HeadroomBody(
            outbound is { } bucket ? Format.Amount(bucket.AvailableAt(data.Now)) : null, outbound is { } full ? FullAt(full) : null,
            Format.Amount(inbound.AvailableAt(data.Now)), Format.Amount(data.Underway.GetValueOrDefault(way.DestinationChain)), FullAt(inbound), Format.Amount(inbound.Capacity));
    }

    private string FullAt(Bucket bucket) => Format.Time(bucket.PassesAt(bucket.Capacity, data.Now) ?? data.Now);

    private QuoteAmountBody Amount(ChainId chain, UInt128 amount) =>
        new(Caip19(chain), data.Request.Asset.ToString(), Format.Amount(amount), data.Assets.GetValueOrDefault(chain)?.Symbol, data.Assets.GetValueOrDefault(chain)?.Decimals);

    private string Caip19(ChainId chain) => data.Assets.GetValueOrDefault(chain) switch
    {
        { Mode: "native" } => $"{Format.Caip2(chain)}/slip44:60",
        { } asset => Format.Caip19(chain, asset.Token),
        null => Format.Caip2(chain),
    };
}
