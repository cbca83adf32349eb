using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <param name="Sent">What is underway now; null if nothing was sent.</param>
/// <param name="Parked">Why nothing was sent, and what to do.</param>
/// <param name="LowWater">That the account runs low; null if it does not.</param>
public sealed record SubmitReport(Submission? Sent, string? Parked, string? LowWater);

/// <summary>Makes a plan into a transaction: intent, then nonce, then signature, then broadcast, each written down before the next.</summary>
public sealed class Submitter(SubmissionStore journal, FeeOffers offers, TransactionSender sender, ILogger<Submitter> log)
{
    /// <summary>Null if nothing was judged: an earlier run has sent it.</summary>
    public async Task<SubmitReport?> SubmitAsync(AccountView account, PlannedDelivery plan, CancellationToken ct)
    {
        var intent = await journal.IntendAsync(account.Lease, plan.Lane, plan.First, plan.Last, account.Account, ct);
        if (intent.Status is not (SubmissionStatus.Intent or SubmissionStatus.Reserved)) return null; // Signed by an earlier run: driving it decides.
        var offer = await offers.ForAsync(account.Chain, null, ct);
        if (offer.Fees is not { } fees) return new SubmitReport(null, await ParkAsync(account, intent, offer.Refusal!, ct), null);
        var (refusal, warning) = await offers.JudgeAsync(account.Chain, plan, fees, ct);
        if (refusal is not null) return new SubmitReport(null, await ParkAsync(account, intent, refusal, ct), warning);

        var chainNonce = await account.Chain.Client.NonceAsync(account.Account, pending: true, ct);
        var reserved = await journal.ReserveNonceAsync(intent.Id, account.Lease, chainNonce, plan.GasLimit, ct);
        await sender.DeliverAsync(account, reserved, fees, plan.Data, ct);
        log.LogInformation("lane {Lane}: delivering {First} to {Last}", plan.Lane, plan.First, plan.Last);
        return new SubmitReport(reserved, null, warning);
    }

    /// <summary>The intent stays open with the reason, takes no nonce, and goes on as soon as the reason is gone.</summary>
    private async Task<string> ParkAsync(AccountView account, Submission intent, string reason, CancellationToken ct)
    {
        if (await journal.NoteAsync(account.Lease, intent.Id, reason, ct)) log.LogWarning("lane {Lane}: {First} is parked: {Reason}", intent.Lane, intent.First, reason);
        return $"lane {intent.Lane}: {intent.First} is parked: {reason}";
    }
}
