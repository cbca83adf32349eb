using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>What a person should know before signing.</summary>
internal sealed class RouteWarnings(QuoteData data)
{
    private QuoteRequest Request => data.Request;

    public IReadOnlyList<WarningBody> Of(PricedRoute route) =>
        [.. Sender(route), .. Recipient(), .. route.Legs.SelectMany(Leg), .. Route(route)];

    private IEnumerable<WarningBody> Sender(PricedRoute route)
    {
        if (Request.From is null)
        {
            yield return Info("SENDER_UNKNOWN", "Without source.from nothing was checked and there is nothing to sign. The fee is that of sending to somebody else.");
            yield break;
        }
        if (data.Sender is not { } sender)
        {
            yield return Warn("SENDER_NOT_CHECKED", $"{Request.From} could not be looked up on chain {Request.Lane.Source} now.");
            yield break;
        }
        if (sender.Code == "contract")
            yield return Warn("SENDER_IS_CONTRACT",
                $"{Request.From} is a contract on chain {Request.Lane.Source}. The same address on chain {Request.Lane.Destination} may not be yours; a refund goes back to the contract.");
        if (sender.Balance is { } balance && balance < route.Input)
            yield return new("INSUFFICIENT_BALANCE", "blocking", $"{Request.From} has {balance} base units and {route.Input} are needed.");
        if (Request.GasPayer is GasPayer.User && sender.Coin == 0)
            yield return new("INSUFFICIENT_GAS", "blocking", $"{Request.From} has no coin on chain {Request.Lane.Source} to pay for gas.");
    }

    private IEnumerable<WarningBody> Recipient()
    {
        if (Request.Recipient is not { } recipient) yield break;
        if (data.Recipient is not { } found)
        {
            yield return Warn("RECIPIENT_NOT_CHECKED", $"{recipient} could not be looked up on chain {Request.Lane.Destination} now.");
            yield break;
        }
        if (found.Code == "contract" && Request.Call is null)
            yield return Warn("RECIPIENT_IS_CONTRACT", $"{recipient} is a contract on chain {Request.Lane.Destination}. Tokens that it cannot move are lost.");
        if (found.Code == "none" && data.Sender?.Code == "contract" && Request.Direct)
            yield return Warn("RECIPIENT_NOT_DEPLOYED", $"There is nothing at {recipient} on chain {Request.Lane.Destination}, and on chain {Request.Lane.Source} it is a contract: who controls it there is not said.");
        if (found.Code == "none" && Request.Call is not null)
            yield return new("RECIPIENT_NOT_CONTRACT", "blocking", $"There is no contract at {recipient} on chain {Request.Lane.Destination} that could be called.");
        if (!data.RecipientHasReceived && !Request.Direct)
            yield return Info("RECIPIENT_NEW", $"{recipient} has never received anything through this Bridge. Compare the address once more.");
    }

    private IEnumerable<WarningBody> Leg(Leg leg)
    {
        var way = leg.Way;
        if (way.HoldThreshold > 0 && leg.Amount > way.HoldThreshold)
            yield return Warn("HELD", $"More than {way.HoldThreshold} base units wait on chain {way.DestinationChain} for {way.HoldSeconds} s after delivery; then anyone may release them.");
        if (BucketFreesAt(leg) is { } at && at > data.Now)
            yield return Warn("LIMIT_AT_DESTINATION",
                $"Chain {way.DestinationChain} lets in {way.Inbound().AvailableAt(data.Now)} base units now and {data.Underway.GetValueOrDefault(way.DestinationChain)} are underway. The bucket frees at {Format.Time(at)}; until then the transfer waits there, and anyone may retry it.");
        if (leg.Fee.Cost is null)
            yield return Info("COST_UNKNOWN", $"Nobody says what the coin of chain {way.DestinationChain} is worth in the asset, so the fee follows the contract's least fee alone.");
    }

    private static IEnumerable<WarningBody> Route(PricedRoute route)
    {
        if (route.Pace is Pace.Batch) yield return Info("WAITS_FOR_OTHERS", "The fee does not pay for a delivery of its own: whoever delivers may wait until others travel with it.");
        if (route.Legs.Count > 1)
            yield return Warn("TWO_TRANSFERS", $"You send twice: once to chain {route.Legs[0].Way.DestinationChain}, and from there once it has arrived. The second price may change until then, and takes gas there.");
    }

    /// <summary>When the message's amount passes at its destination, after all that is underway; null if it never does.</summary>
    public DateTimeOffset? BucketFreesAt(Leg leg)
    {
        var bucket = leg.Way.Inbound();
        var before = UInt128.Min(data.Underway.GetValueOrDefault(leg.Way.DestinationChain), bucket.Available);
        return (bucket with { Available = bucket.Available - before }).PassesAt(leg.Amount, data.Now);
    }

    private static WarningBody Info(string code, string message) => new(code, "info", message);

    private static WarningBody Warn(string code, string message) => new(code, "warning", message);
}
