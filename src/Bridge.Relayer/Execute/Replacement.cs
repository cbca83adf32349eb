using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Another transaction at a nonce that is taken: the same delivery for more, or nothing at all.</summary>
public sealed class Replacement(
    LiveOptions options, SubmissionStore journal, DeliveryCalldata calldata, FeeOffers offers, TransactionSender sender, ILogger<Replacement> log)
{
    /// <param name="known">An endpoint has one of its transactions.</param>
    public async Task DeliverAsync(AccountView account, Submission open, Attempt last, bool known, CancellationToken ct)
    {
        if (await FeesAsync(account, open, last, known, ct) is not { } fees) return;
        if (last.IsCancel || await calldata.TryBuildAsync(open.Lane, open.First, open.Last, ct) is not { } data)
        {
            // The validator set changed, or it was given up before: what the older transactions deliver is planned anew.
            await sender.CancelAsync(account, open, fees, ct);
            return;
        }
        log.LogWarning("lane {Lane}: {Transaction} is not mined after {Seconds} s; replacing it at nonce {Nonce}", open.Lane, last.TransactionHash, options.Now.Executor.ResubmitSeconds, open.Nonce);
        RelayerMeter.Bumped(account.Chain.Id);
        await sender.DeliverAsync(account, open, fees, data, ct);
    }

    /// <param name="last">Null if nothing was signed yet.</param>
    public async Task CancelAsync(AccountView account, Submission open, Attempt? last, bool known, CancellationToken ct)
    {
        if (await FeesAsync(account, open, last, known, ct) is { } fees) await sender.CancelAsync(account, open, fees, ct);
    }

    /// <summary>Null while nothing may be offered: then the reason is noted, and what no endpoint has any more is sent as it was.</summary>
    private async Task<GasFees?> FeesAsync(AccountView account, Submission open, Attempt? last, bool known, CancellationToken ct)
    {
        var offer = await offers.ForAsync(account.Chain, last?.Fees, ct);
        if (offer.Fees is { } fees) return fees;
        if (await journal.NoteAsync(account.Lease, open.Id, offer.Refusal, ct)) log.LogWarning("lane {Lane}, nonce {Nonce}: {Reason}", open.Lane, open.Nonce, offer.Refusal);
        if (!known && last is not null) await sender.BroadcastAsync(account, open, last, ct);
        return null;
    }
}
