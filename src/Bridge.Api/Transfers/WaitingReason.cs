using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>Why a transfer waits, as a person would say it.</summary>
internal static class WaitingReason
{
    public static string? Of(TransferView view) => view switch
    {
        { Status: TransferStatus.Delivered } => null,
        { Status: TransferStatus.Orphaned } =>
            $"Block {view.Source.Block.Height} of chain {view.Lane.Source} was replaced by another one that does not hold the transaction. Nothing was taken; look for the transaction in your wallet and send again.",
        { Status: TransferStatus.Deferred } =>
            $"The transfer is safe, but its effect failed on chain {view.Lane.Destination} ({Reverted(view.DeferredReason)}). Anyone may retry it once the cause is gone.",
        { Status: TransferStatus.Refunded, Return: { } returned } =>
            $"Its effect failed on chain {view.Lane.Destination} ({Reverted(view.DeferredReason)}). Message {returned} of the lane {view.Lane.Destination}->{view.Lane.Source} brings the amount back to its sender.",
        { Status: TransferStatus.Executed } =>
            $"The tokens have arrived in block {view.Delivery?.Block.Height} of chain {view.Lane.Destination}, which is not final yet.",
        { Halt: { } halt } => $"The lane {view.Lane} is halted until its operators act: {halt.Reason}.",
        { Status: TransferStatus.Submitted } => $"The delivery was sent to chain {view.Lane.Destination} and waits to be mined.",
        { Status: TransferStatus.Certified } => "A quorum of the validators has signed. An executor will deliver next.",
        { Status: TransferStatus.Finalized } => view.Attestation.Need is { } need
            ? Signatures(view.Attestation, need)
            : $"The validator set of chain {view.Lane.Destination} has not been read yet.",
        _ => view.Source.Finalized is { } final
            ? $"Block {view.Source.Block.Height} of chain {view.Lane.Source} is not final yet; final is {final}."
            : $"Nothing of chain {view.Lane.Source} is final yet.",
    };

    private static string Signatures(AttestationView attestation, int need)
    {
        var have = $"Signatures: {attestation.Signers.Count} of the {need} that are needed";
        var missing = attestation.Missing.ToList();
        var said = missing.Count == 0 ? $"{have}." : $"{have}; missing: {string.Join(", ", missing)}.";
        return attestation.Excluded.Count == 0 ? said : $"{said} Not counted, because caught signing something false: {string.Join(", ", attestation.Excluded)}.";
    }

    /// <summary>Printable text of what the token returned: Solidity's Error(string) carries it after 68 bytes.</summary>
    private static string Reverted(byte[]? reason)
    {
        if (reason is null or { Length: 0 }) return "without a reason";
        var text = new string([.. reason.Skip(reason.Length > 68 ? 68 : 0).Select(b => (char)b).Where(c => c is >= ' ' and <= '~')]).Trim();
        return text.Length > 3 ? text : Hex.Format(reason);
    }
}
