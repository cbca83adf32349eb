using Bridge.Core;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Another transaction at a nonce that is taken: the same delivery for more, or nothing at all.</summary>
public sealed class Replacement(
    SubmissionStore journal, DeliveryCalldata calldata, FeeOffers offers, TransactionSender sender, ILogger<Replacement> log)
{
    /// <param name="known">An endpoint has one of its transactions.</param>
    /// <returns>Why nothing was offered; null if it was.</returns>
    public async Task<string?> DeliverAsync(AccountView account, Submission open, Attempt last, bool known, CancellationToken ct)
    {
        var offer = await OfferAsync(account, open, last, known, ct);
        if (offer.Fees is not { } fees) return offer.Refusal;
        if (last.IsCancel || await calldata.TryBuildAsync(open.Lane, open.First, open.Last, ct) is not { } data)
        {
            // The validator set changed, or it was given up before: what the older transactions deliver is planned anew.
            await sender.CancelAsync(account, open, fees, ct);
            return null;
        }
        log.LogWarning("lane {Lane}: {Transaction} is not mined; replacing it at nonce {Nonce}", open.Lane, last.TransactionHash, open.Nonce);
        RelayerMeter.Bumped(account.Chain.Id);
        await sender.DeliverAsync(account, open, fees, data, ct);
        return null;
    }

    /// <param name="last">Null if nothing was signed yet.</param>
    /// <returns>Why nothing was offered; null if it was.</returns>
    public async Task<string?> CancelAsync(AccountView account, Submission open, Attempt? last, bool known, CancellationToken ct)
    {
        var offer = await OfferAsync(account, open, last, known, ct);
        if (offer.Fees is not { } fees) return offer.Refusal;
        await sender.CancelAsync(account, open, fees, ct);
        return null;
    }

    /// <summary>While nothing may be offered the reason is noted, and what no endpoint has any more is sent as it was.</summary>
    private async Task<FeeOffer> OfferAsync(AccountView account, Submission open, Attempt? last, bool known, CancellationToken ct)
    {
        var offer = await offers.ForAsync(account.Chain, last?.Fees, ct);
        if (offer.Fees is not null) return offer;
        if (await journal.NoteAsync(account.Lease, open.Id, offer.Refusal, ct)) log.LogWarning("lane {Lane}, nonce {Nonce}: {Reason}", open.Lane, open.Nonce, offer.Refusal);
        if (!known && last is not null) await sender.BroadcastAsync(account, open, last, ct);
        return offer;
    }
}
