using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>Why a transfer waits, as a person would say it: for whom, until when, and what can be done.</summary>
internal static class WaitingReason
{
    public static string? Of(TransferScene scene) => scene.View switch
    {
        { Status: TransferStatus.Delivered } => null,
        { Status: TransferStatus.Orphaned } view =>
            $"Block {view.Source.Block.Height} of chain {view.Lane.Source} was replaced by another one that does not hold the transaction. Nothing was taken; look for the transaction in your wallet and send again.",
        { Status: TransferStatus.Deferred } => Deferred(scene),
        { Status: TransferStatus.Refunded, Return: { } returned } view =>
            $"Its effect failed on chain {view.Lane.Destination}: {scene.Cause?.Text ?? "it gave no reason"}. Message {returned} of the lane {view.Lane.Destination}->{view.Lane.Source} brings the amount back to its sender.",
        { Status: TransferStatus.Executed } view =>
            $"The tokens have arrived in block {view.Delivery?.Block.Height} of chain {view.Lane.Destination}, which is not final yet.{FinalLag(scene, view.Lane.Destination)}",
        { Halt: { } halt } view => $"The lane {view.Lane} is halted until its operators act: {halt.Reason}. The transfer is safe.",
        _ when scene.PausedUntil is { } until =>
            $"A guardian has paused deliveries on chain {scene.View.Lane.Destination} until {Clock(until)}, unless the pause is renewed or ended earlier. The transfer is safe.",
        var view => Underway(scene, view),
    };

    private static string Underway(TransferScene scene, TransferView view) => view.Status switch
    {
        TransferStatus.Submitted => $"The delivery was sent to chain {view.Lane.Destination} and waits to be mined.",
        TransferStatus.Certified =>
            "A quorum of the validators has signed. An executor will deliver next; anyone else can, too: links.attestation has the call.",
        TransferStatus.Finalized => view.Attestation.Need is { } need
            ? Signatures(view.Attestation, need)
            : $"The validator set of chain {view.Lane.Destination} has not been read yet.",
        _ => view.Source.Finalized is { } final
            ? $"Block {view.Source.Block.Height} of chain {view.Lane.Source} is not final yet; final is {final}.{FinalLag(scene, view.Lane.Source)}"
            : $"Nothing of chain {view.Lane.Source} is final yet.",
    };

    private static string Deferred(TransferScene scene)
    {
        var (view, cause) = (scene.View, scene.Cause?.Text ?? "it gave no reason");
        var what = $"The transfer is safe, but its effect failed on chain {view.Lane.Destination}: {cause}.";
        var refund = $"{view.Message.Recipient} can also send it back instead.";
        if (scene.RetryAt is not { } at) return $"{what} Anyone may retry it once the cause is gone. {refund}";
        var until = scene.Hold?.Reason switch
        {
            "RATE_LIMIT" => $"The bucket frees at {Clock(at)} if nobody else takes from it first; then anyone may retry.",
            "LARGE_TRANSFER" => $"It is held until {Clock(at)}; then anyone may retry.",
            _ => $"The pause ends at {Clock(at)} unless it is renewed; then anyone may retry.",
        };
        return $"{what} {until} {refund}";
    }

    private static string Signatures(AttestationView attestation, int need)
    {
        var have = $"Signatures: {attestation.Signers.Count} of the {need} that are needed";
        var missing = attestation.Missing.ToList();
        var said = missing.Count == 0 ? $"{have}." : $"{have}; missing: {string.Join(", ", missing)}.";
        return attestation.Excluded.Count == 0 ? said : $"{said} Not counted, because caught signing something false: {string.Join(", ", attestation.Excluded)}.";
    }

    /// <summary>How far final blocks lag behind on that chain at this moment, rounded up to ten seconds: a reason must not change every second.</summary>
    private static string FinalLag(TransferScene scene, ChainId chain)
    {
        if (scene.Directory.Chain(chain) is not { } known) return "";
        var seconds = (long)Math.Ceiling((known.HeadTime - known.FinalTime).TotalSeconds / 10) * 10;
        return seconds <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" Finality takes about {seconds} s there.");
    }

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
