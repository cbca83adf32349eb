using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

internal static class TransferMapper
{
    private static readonly TimeSpan EtaStep = TimeSpan.FromSeconds(5);

    /// <param name="withCalls">Whether to add the calldata of what can be done: it may be long.</param>
    public static TransferBody ToBody(TransferScene scene, bool withCalls)
    {
        var view = scene.View;
        var (status, stage) = Name(scene);
        var self = $"/v1/transfers/{view.MessageId}";
        return new TransferBody(
            view.MessageId.ToString(), $"{view.Lane.Source}-{view.Lane.Destination}", view.Sequence.ToString(), status, stage, WaitingReason.Of(scene),
            NextAction.Of(scene, withCalls), scene.Hold is { } hold ? new HoldBody(hold.Reason, hold.ReleaseAt is { } at ? Format.Time(at) : null) : null,
            scene.Cause is { } cause ? new FailureBody(cause.Code, Hex.Format(view.Deferral!.Reason), cause.Text) : null, Eta(scene),
            Source(view), Attestation(view), Destination(view), Amount(view.Message.Asset, view.Message.Fee, view.DestinationAsset),
            Format.Time(view.CreatedAt), Format.Time(view.UpdatedAt), new LinksBody(self, $"{self}/events", $"{self}/attestation"));
    }

    public static TransitionBody ToBody(TransitionView view) => new(Format.Number((ulong)view.Id), Format.Time(view.At), view.Event, view.From, view.To, view.Detail);

    public static (string Status, string Stage) Name(TransferScene scene) => PublicStatus.Of(scene.View.Status, scene.Cause, scene.Hold?.Reason);

    private static ArrivalBody? Eta(TransferScene scene) => scene is { IsUnderway: true, Hold: null, Times: { } times }
        ? new ArrivalBody(After(scene.View.Source.Time, times.P50Seconds), After(scene.View.Source.Time, times.P95Seconds))
        : null;

    /// <summary>Rounded up, so that the answer does not change with every new measurement.</summary>
    private static string After(DateTimeOffset time, double seconds) => Format.Time(time + (EtaStep * Math.Ceiling(seconds / EtaStep.TotalSeconds)));

    private static SourceBody Source(TransferView view)
    {
        var final = view.Status is not (TransferStatus.Observed or TransferStatus.Orphaned);
        var confirmations = view.Source.Head >= view.Source.Block.Height ? view.Source.Head - view.Source.Block.Height + 1 : 0;
        return new SourceBody(
            Format.Caip2(view.Lane.Source), view.Message.Sender.ToString(), Amount(view.Message.Asset, view.Message.Amount, view.SourceAsset),
            view.Source.Transaction.ToString(), view.Source.LogIndex, Format.Number(view.Source.Block.Height), view.Source.Block.Hash.ToString(),
            Format.Time(view.Source.Time), final ? null : Format.Number(confirmations), final);
    }

    private static AttestationBody Attestation(TransferView view) => new(
        view.Attestation.Signers.Count, view.Attestation.Need, view.Attestation.Epoch?.ToString(), [.. view.Attestation.Signers.Select(signer => signer.ToString())]);

    private static DestinationBody Destination(TransferView view) => new(
        Format.Caip2(view.Lane.Destination), view.Message.Recipient.ToString(), Amount(view.Message.Asset, view.Message.Net, view.DestinationAsset),
        (view.Delivery?.Transaction ?? view.SubmittedTransaction)?.ToString(), view.Delivery is { } mined ? Format.Number(mined.Block.Height) : null,
        view.Delivery is { } seen ? Format.Time(seen.Time) : null, view.Delivery?.Deliverer?.ToString(), view.Status is TransferStatus.Delivered or TransferStatus.Refunded);

    private static AmountBody Amount(AssetId asset, UInt128 amount, AssetRow? listed) => new(
        asset.ToString(), Format.Amount(amount), listed?.Token.ToString(), listed is null ? null : Format.Symbol(listed.Symbol), listed?.Decimals);
}
