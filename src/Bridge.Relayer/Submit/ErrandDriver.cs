using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Submit;

/// <summary>The submitter's account as one step finds it.</summary>
public sealed record SubmitterView(ChainLink Chain, Lease Lease, ulong FinalHeight, ulong Nonce, ulong FinalNonce);

/// <summary>Takes an errand that is signed a step further, to finality.</summary>
public sealed class ErrandDriver(LiveOptions options, ErrandStore journal, ErrandCall calls, ErrandSender sender, RequestStore requests, TimeProvider time, ILogger<ErrandDriver> log)
{
    private TimeSpan Patience => TimeSpan.FromSeconds(options.Now.Submitter.ResubmitSeconds);

    /// <param name="request">What an operator asks about it.</param>
    public async Task DriveAsync(SubmitterView view, Errand errand, OperatorRequest? request, CancellationToken ct)
    {
        if (request is not null && !await requests.TakeAsync(request.Id, ct)) request = null;
        var refusal = await StepAsync(view, errand, request?.Kind, ct);
        if (request is null) return;
        if (refusal is not null) await requests.SettleAsync(request.Id, RequestOutcome.Refused, refusal, ct);
        else await requests.SettleAsync(request.Id, RequestOutcome.Done, await DescribeAsync(errand, ct), ct);
    }

    /// <summary>Why nothing new was offered; else null.</summary>
    private async Task<string?> StepAsync(SubmitterView view, Errand errand, RequestKind? asked, CancellationToken ct)
    {
        var attempts = await journal.AttemptsAsync(errand.Id, ct);
        foreach (var attempt in attempts)
            if (await view.Chain.Client.ReceiptAsync(attempt.TransactionHash, ct) is { } receipt)
            {
                await MinedAsync(view, errand, attempt, receipt, ct);
                return "it is mined already";
            }
        if (errand.Status is ErrandStatus.Mined)
        {
            const string replaced = "its block was replaced; the same transaction is sent again";
            await journal.MarkAsync(view.Lease, errand.Id, ErrandStatus.Broadcast, replaced, ct);
            return replaced;
        }
        if (view.Nonce > errand.Nonce)
        {
            await UnexplainedAsync(view, errand, ct);
            return $"nonce {errand.Nonce} is used already";
        }
        if (asked is not null || errand.Age >= Patience) return await ReplaceAsync(view, errand, attempts[^1], asked is RequestKind.Cancel, ct);
        await KeepKnownAsync(view, errand, attempts, ct);
        return null;
    }

    private async Task<string> DescribeAsync(Errand errand, CancellationToken ct)
    {
        var newest = (await journal.AttemptsAsync(errand.Id, ct))[^1];
        return Requests.Offered(newest.IsCancel, errand.Nonce, newest.TransactionHash, newest.Fees);
    }

    private async Task MinedAsync(SubmitterView view, Errand errand, ErrandAttempt attempt, TransactionReceipt receipt, CancellationToken ct)
    {
        var final = receipt.Block.Height <= view.FinalHeight;
        var where = $"{attempt.TransactionHash} in block {receipt.Block}, {receipt.GasUsed} gas";
        if (!receipt.Succeeded || attempt.IsCancel)
        {
            var what = attempt.IsCancel ? $"cancelled by {where}" : $"reverted: {where}";
            if (final) await journal.MarkAsync(view.Lease, errand.Id, ErrandStatus.Failed, what, ct);
            else await journal.NoteAsync(errand.Id, what, ct);
        }
        else if (final) await journal.MarkAsync(view.Lease, errand.Id, ErrandStatus.Final, where, ct, MessageOf(view.Chain, receipt));
        else if (errand.Status is not ErrandStatus.Mined) await journal.MarkAsync(view.Lease, errand.Id, ErrandStatus.Mined, where, ct, MessageOf(view.Chain, receipt));
    }

    private static Hash32? MessageOf(ChainLink chain, TransactionReceipt receipt) => receipt.Logs
        .Where(log => log.Emitter == chain.BridgeAddress)
        .Select(log => BridgeEvents.TryDecode(log, out var decoded) && decoded is MessageSent sent ? sent.RollingHash : (Hash32?)null).FirstOrDefault(id => id is not null);

    /// <summary>Endpoints may show the count before the receipt, so a used nonce is believed only after a while, and only when it is final.</summary>
    private async Task UnexplainedAsync(SubmitterView view, Errand errand, CancellationToken ct)
    {
        if (errand.Age < Patience || view.FinalNonce <= errand.Nonce) return;
        var why = $"nonce {errand.Nonce} went to a transaction that is not in the journal: somebody else uses the submitter's key";
        log.LogCritical("chain {Chain}: {Why}. Give the submitter a fresh key", view.Chain.Id, why);
        await journal.MarkAsync(view.Lease, errand.Id, ErrandStatus.Failed, why, ct);
    }

    private async Task KeepKnownAsync(SubmitterView view, Errand errand, IReadOnlyList<ErrandAttempt> attempts, CancellationToken ct)
    {
        foreach (var attempt in attempts)
            if (await view.Chain.Client.KnowsTransactionAsync(attempt.TransactionHash, ct)) return;
        await sender.BroadcastAsync(view.Chain, view.Lease, errand, attempts[^1], ct);
    }

    /// <param name="cancel">Its nonce is to be spent on nothing.</param>
    /// <returns>Why nothing was offered; null if it was.</returns>
    private async Task<string?> ReplaceAsync(SubmitterView view, Errand errand, ErrandAttempt last, bool cancel, CancellationToken ct)
    {
        var market = await ErrandWorth.MarketAsync(view.Chain, ct);
        if (FeeBump.Replace(last.Fees, market, (UInt128)options.Now.Submitter.MaxFeeGwei * GasFees.Gwei) is not { } fees)
        {
            const string refusal = "it cannot offer more: it waits to be mined with what it offers";
            await journal.NoteAsync(errand.Id, refusal, ct);
            await sender.BroadcastAsync(view.Chain, view.Lease, errand, last, ct);
            return refusal;
        }
        var (call, _) = cancel || last.IsCancel ? (null, null) : await calls.PlanAsync(view.Chain, errand, ct);
        // Past its deadline it can only revert: its nonce is spent for less.
        await sender.ReplaceAsync(view.Chain, view.Lease, errand, fees, call?.Deadline < time.GetUtcNow() ? null : call, ct);
        return null;
    }
}
