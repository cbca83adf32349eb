using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

internal static class TransferMapper
{
    public static TransferBody ToBody(TransferView view)
    {
        var (status, stage) = Name(view);
        return new TransferBody(
            view.MessageId.ToString(), $"{view.Lane.Source}-{view.Lane.Destination}", view.Sequence.ToString(), status, stage, WaitingReason.Of(view), Next(view),
            Source(view), Attestation(view), Destination(view), Amount(view.Message.Asset, view.Message.Fee, view.DestinationAsset),
            Format.Time(view.CreatedAt), Format.Time(view.UpdatedAt), new LinksBody($"/v1/transfers/{view.MessageId}", $"/v1/transfers/{view.MessageId}/events"));
    }

    public static TransitionBody ToBody(TransitionView view) => new(Format.Time(view.At), view.Event, view.From, view.To, view.Detail);

    private static (string Status, string Stage) Name(TransferView view) => view.Status switch
    {
        TransferStatus.Delivered => ("DONE", "COMPLETED"),
        TransferStatus.Refunded => ("REFUNDED", "REFUNDED"),
        TransferStatus.Orphaned => ("FAILED", "SOURCE_REORGED_OUT"),
        TransferStatus.Deferred => ("ACTION_REQUIRED", "CLAIMABLE"),
        TransferStatus.Executed => ("PENDING", "EXECUTED"),
        _ when view.Halt is not null => ("HELD", "CHAIN_HALTED"),
        TransferStatus.Submitted => ("PENDING", "EXECUTING"),
        TransferStatus.Certified => ("PENDING", "QUORUM_REACHED"),
        TransferStatus.Finalized => ("PENDING", "ATTESTING"),
        _ => ("PENDING", "SOURCE_INCLUDED"),
    };

    private static NextActionBody Next(TransferView view) => view.Status switch
    {
        TransferStatus.Delivered or TransferStatus.Refunded or TransferStatus.Orphaned => new NextActionBody("none", null),
        TransferStatus.Deferred => new NextActionBody("claim", "anyone"),
        _ => new NextActionBody("wait", view.Halt is null ? null : "operator"),
    };

    private static SourceBody Source(TransferView view) => new(
        Format.Caip2(view.Lane.Source), view.Message.Sender.ToString(), Amount(view.Message.Asset, view.Message.Amount, view.SourceAsset), view.Source.Transaction.ToString(),
        view.Source.LogIndex, Format.Number(view.Source.Block.Height), view.Source.Block.Hash.ToString(), Format.Time(view.Source.Time),
        Format.Number(view.Source.Head >= view.Source.Block.Height ? view.Source.Head - view.Source.Block.Height + 1 : 0), view.Status is not (TransferStatus.Observed or TransferStatus.Orphaned));

    private static AttestationBody Attestation(TransferView view) => new(
        view.Attestation.Signers.Count, view.Attestation.Need, view.Attestation.Epoch?.ToString(), [.. view.Attestation.Signers.Select(signer => signer.ToString())]);

    private static DestinationBody Destination(TransferView view) => new(
        Format.Caip2(view.Lane.Destination), view.Message.Recipient.ToString(), Amount(view.Message.Asset, view.Message.Net, view.DestinationAsset),
        (view.Delivery?.Transaction ?? view.SubmittedTransaction)?.ToString(), view.Delivery is { } mined ? Format.Number(mined.Block.Height) : null,
        view.Delivery is { } seen ? Format.Time(seen.Time) : null, view.Delivery?.Deliverer?.ToString(), view.Status is TransferStatus.Delivered or TransferStatus.Refunded);

    private static AmountBody Amount(AssetId asset, UInt128 amount, AssetRow? listed) =>
        new(asset.ToString(), Format.Amount(amount), listed?.Token.ToString(), listed is null ? null : Format.Symbol(listed.Symbol), listed?.Decimals);
}
