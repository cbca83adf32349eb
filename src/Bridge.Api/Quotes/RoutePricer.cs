using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Now: the fee pays for a delivery of this message alone. Batch: it pays its share, and whoever delivers may wait for others.</summary>
internal enum Pace { Now, Batch }

/// <param name="Cost">What delivering it alone costs, in base units; null where nobody says what the coin is worth.</param>
internal sealed record PricedFee(UInt128 Amount, UInt128 Minimum, UInt128? Cost);

/// <summary>One message of a route.</summary>
internal sealed record Leg(RouteRow Way, Address? Sender, Address? Recipient, CallData? Call, UInt128 Amount, PricedFee Fee)
{
    public UInt128 Output => Amount >= Fee.Amount ? Amount - Fee.Amount : 0;
}

/// <param name="Submission">For whoever submits what was signed; null where the sender's own transactions do.</param>
internal sealed record PricedRoute(string Id, Pace Pace, IReadOnlyList<Leg> Legs, PricedFee? Submission)
{
    public UInt128 Input => checked(Legs[0].Amount + (Submission?.Amount ?? 0));
    public UInt128 Output => Legs[^1].Output;
    public UInt128 Fees => checked(Legs.Aggregate((UInt128)0, (sum, leg) => sum + leg.Fee.Amount) + (Submission?.Amount ?? 0));
}

/// <summary>What a route costs, and what goes in and comes out.</summary>
internal sealed class RoutePricer(QuoteData data)
{
    /// <summary>Gas of submitting an intent, estimated with room to spare. The test that a submission's fee is more than its gas was worth holds it to the chain.</summary>
    public const ulong SubmissionGas = 210_000;

    private QuoteRequest Request => data.Request;

    /// <param name="ways">One behind the other.</param>
    /// <exception cref="OverflowException">It would take more than 2^128 - 1 base units.</exception>
    public PricedRoute Price(string id, Pace pace, IReadOnlyList<RouteRow> ways)
    {
        var submission = Request.GasPayer is GasPayer.Token ? Submission(ways[0]) : null;
        var drafts = ways.Select((way, i) => Draft(way, i == ways.Count - 1, pace)).ToList();
        var amounts = Request.ExactOutput ? Backward(drafts) : Forward(drafts, submission?.Amount ?? 0);
        return new PricedRoute(id, pace, [.. drafts.Zip(amounts, (leg, amount) => leg with { Amount = amount })], submission);
    }

    /// <summary>Whether a delivery alone costs more than the contract asks, so that waiting for others is cheaper.</summary>
    public bool BatchIsCheaper(RouteRow way)
    {
        var fee = Draft(way, true, Pace.Now).Fee;
        return fee.Cost > fee.Minimum;
    }

    private Leg Draft(RouteRow way, bool last, Pace pace)
    {
        var recipient = last ? Request.Recipient : Request.From;
        var call = last ? Request.Call : null;
        var destination = data.Chains[way.DestinationChain];
        var minimum = way.Minimum().Of(Request.From == recipient, call);
        UInt128? cost = way.DestinationCoin is { } coin ? DeliveryFee.InAsset(DeliveryFee.CostAlone(destination.GasPrice(), destination.DataFee, call), coin) : null;
        var asked = pace is Pace.Now && cost > minimum ? cost.Value : minimum;
        return new Leg(way, Request.From, recipient, call, 0, new PricedFee(DeliveryFee.WithMargin(asked, data.MarginPercent), minimum, cost));
    }

    private PricedFee? Submission(RouteRow way)
    {
        if (way.SourceCoin is not { } coin) return null;
        var source = data.Chains[way.SourceChain];
        var cost = DeliveryFee.InAsset(checked((SubmissionGas * source.GasPrice()) + source.DataFee), coin);
        return new PricedFee(DeliveryFee.WithMargin(cost, data.MarginPercent), 0, cost);
    }

    private UInt128[] Forward(IReadOnlyList<Leg> legs, UInt128 submission)
    {
        var amounts = new UInt128[legs.Count];
        var left = Request.Amount > submission ? Request.Amount - submission : 0;
        for (var i = 0; i < legs.Count; i++)
        {
            amounts[i] = left;
            left = left > legs[i].Fee.Amount ? left - legs[i].Fee.Amount : 0;
        }
        return amounts;
    }

    private UInt128[] Backward(IReadOnlyList<Leg> legs)
    {
        var amounts = new UInt128[legs.Count];
        var wanted = Request.Amount;
        for (var i = legs.Count - 1; i >= 0; i--) amounts[i] = wanted = checked(wanted + legs[i].Fee.Amount);
        return amounts;
    }
}
