using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Why a route cannot be taken now: what the contracts would refuse, and what nobody can promise.</summary>
internal sealed class RouteChecks(QuoteData data)
{
    /// <summary>Before there is a price.</summary>
    public RejectedBody? Unusable(string id, IEnumerable<Lane> lanes) =>
        lanes.Select(lane => Closed(id, lane) ?? Unread(id, lane) ?? Paused(id, data.Way(lane)!)).FirstOrDefault(refusal => refusal is not null) ?? NotSigned(id, lanes.ToList());

    public RejectedBody? Unpayable(PricedRoute route) => route.Legs.Select(leg => TooLow(route, leg) ?? TooHigh(route.Id, leg) ?? Refused(route.Id, leg) ?? OverLimit(route.Id, leg))
        .FirstOrDefault(refusal => refusal is not null);

    private RejectedBody? Closed(string id, Lane lane) => data.Way(lane) switch
    {
        _ when !data.Assets.ContainsKey(lane.Source) || !data.Assets.ContainsKey(lane.Destination) =>
            new(id, WriteProblems.UnsupportedAsset.Code, $"Asset {data.Request.Asset} is not registered at both ends of lane {lane}."),
        null => new(id, WriteProblems.UnsupportedAsset.Code, $"Nothing is known of asset {data.Request.Asset} on lane {lane}: it is not registered at both ends, or nobody has read it yet."),
        { IsOpen: false } => new(id, ProblemKind.UnsupportedLane.Code, $"Asset {data.Request.Asset} cannot be sent through lane {lane}: no fee is set there."),
        _ => null,
    };

    private RejectedBody? Unread(string id, Lane lane)
    {
        foreach (var chain in new[] { lane.Source, lane.Destination })
            if (!data.Chains.TryGetValue(chain, out var state) || data.Now - state.ReadAt > data.Stale)
                return new(id, WriteProblems.ChainUnavailable.Code, $"Chain {chain} has not been read for {data.Stale.TotalSeconds:0} s or more.");
        return data.Now - data.Way(lane)!.ReadAt > data.Stale
            ? new(id, WriteProblems.ChainUnavailable.Code, $"The fees and limits of lane {lane} have not been read for {data.Stale.TotalSeconds:0} s or more.")
            : null;
    }

    private RejectedBody? Paused(string id, RouteRow way)
    {
        if (data.Halts.FirstOrDefault(halt => halt.Lane == way.Lane()) is { } halt)
            return new(id, WriteProblems.LanePaused.Code, $"Lane {halt.Lane} is halted until its operators act: {halt.Reason}.");
        return way.PausedUntil > data.Now
            ? new(id, WriteProblems.LanePaused.Code, $"A guardian paused {way.PausedWhat} until {Format.Time(way.PausedUntil.Value)}.", Format.Time(way.PausedUntil.Value))
            : null;
    }

    private RejectedBody? NotSigned(string id, List<Lane> lanes)
    {
        if (data.Request.GasPayer is not GasPayer.Token) return null;
        var source = lanes[0].Source;
        var why = lanes switch
        {
            { Count: > 1 } => "A route through another chain takes two signatures at two times; use gasPayer user.",
            _ when data.Assets[source].Mode == "native" => $"The coin of chain {source} itself cannot be taken by signature.",
            _ when data.Chains[source].Intents is null => $"No Intents contract is known on chain {source}.",
            _ when data.Way(lanes[0])!.SourceCoin is null => $"Nobody says what the coin of chain {source} is worth in the asset, so submitting has no price.",
            _ when !data.Submitters.Contains(source) => $"No submitter works on chain {source} now.",
            _ when data.Request.Permit is PermitKind.Erc3009 && data.Signing is not { TransferAuthorization: true } => "The token does not take ERC-3009 authorizations.",
            _ => null,
        };
        return why is null ? null : new(id, WriteProblems.NoRoute.Code, why);
    }

    private static RejectedBody? TooLow(PricedRoute route, Leg leg)
    {
        var needed = leg.Call is null ? leg.Fee.Amount + 1 : leg.Fee.Amount;
        if (leg.Amount >= needed) return null;
        var all = route.Fees + (leg.Call is null ? (UInt128)1 : 0);
        return new(route.Id, WriteProblems.AmountTooLow.Code, $"The fees are {route.Fees} base units; nothing would arrive.", Min: Format.Amount(all));
    }

    private static RejectedBody? TooHigh(string id, Leg leg)
    {
        var way = leg.Way;
        var most = UInt128.Min(way.InboundCapacity, way.OutboundCapacity == 0 ? UInt128.MaxValue : way.OutboundCapacity);
        if (way.Locked is { } locked && locked < most) most = locked;
        return leg.Amount > most
            ? new(id, WriteProblems.AmountTooHigh.Code, $"Lane {way.Lane()} carries at most {most} base units at once.", Max: Format.Amount(most))
            : null;
    }

    private RejectedBody? Refused(string id, Leg leg)
    {
        var refused = new[] { data.Chains[leg.Way.SourceChain].Bridge, data.Chains[leg.Way.DestinationChain].Bridge, data.Assets[leg.Way.SourceChain].Token };
        return leg.Recipient is { } recipient && refused.Contains(recipient)
            ? new(id, ProblemKind.ValidationFailed.Code, $"The Bridge refuses {recipient} as a recipient: it is a Bridge or the token itself.")
            : null;
    }

    private RejectedBody? OverLimit(string id, Leg leg)
    {
        if (leg.Way.Outbound() is not { } bucket || bucket.PassesAt(leg.Amount, data.Now) is not { } at || at <= data.Now) return null;
        return new(id, WriteProblems.LimitExceeded.Code, $"Chain {leg.Way.SourceChain} lets no more than {bucket.AvailableAt(data.Now)} base units out now; {leg.Amount} pass at {Format.Time(at)}.",
            Format.Time(at), Max: Format.Amount(bucket.AvailableAt(data.Now)));
    }
}
