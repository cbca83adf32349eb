using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>What can be done about a transfer, by whom, and the transaction that does it.</summary>
internal static class NextAction
{
    private static readonly NextActionBody None = new("none", null);

    public static NextActionBody Of(TransferScene scene, bool withCalls) => scene.View.Status switch
    {
        TransferStatus.Delivered or TransferStatus.Refunded or TransferStatus.Orphaned => None,
        TransferStatus.Deferred => Claim(scene, withCalls),
        _ when scene.View.Halt is not null && scene.IsUnderway => new NextActionBody("wait", "operator"),
        _ => new NextActionBody("wait", null, scene.Hold?.ReleaseAt is { } at ? Format.Time(at) : null),
    };

    private static NextActionBody Claim(TransferScene scene, bool withCalls)
    {
        var view = scene.View;
        var retry = Call(view, withCalls, BridgeCalls.Retry, "Retries the payment; the fee goes to whoever sends this.");
        var refund = Call(view, withCalls, BridgeCalls.Refund, $"Gives the payment up and sends the amount back to {view.Message.Sender} on {Format.Caip2(view.Lane.Source)}.");
        // A database that says so and knows no such event is wrong; the contract answers the retry all the same.
        if (view.Deferral is not { } deferral) return new NextActionBody("claim", "anyone", null, retry);
        var open = deferral.At + DeferralCause.RefundDelay;
        var give = new NextActionBody(
            "refund", open > scene.Now ? view.Message.Recipient.ToString() : "anyone", null, refund,
            open > scene.Now ? new NextActionBody("refund", "anyone", Format.Time(open)) : null);
        return scene.RetryAt is { } at
            ? new NextActionBody("wait", null, Format.Time(at), null, give)
            : new NextActionBody("claim", "anyone", null, retry, give);
    }

    private static CallBody? Call(TransferView view, bool withCalls, Func<Hash32, Sequence, byte[], byte[]> encode, string describe) =>
        withCalls && view.DestinationBridge is { } bridge
            ? new CallBody(Format.Caip2(view.Lane.Destination), bridge.ToString(), Hex.Format(encode(view.LaneId, view.Sequence, view.Wire)), "0", describe)
            : null;
}
