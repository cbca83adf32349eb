using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Takes an open submission a step further, to destination finality.</summary>
public sealed class TransactionDriver(
    LiveOptions options, SubmissionStore journal, MinedAttempts minedAttempts, LaneLook lanes, Replacement replacement, TransactionSender sender,
    SubmissionOutcome outcome, AccountGuard guard, RewardStore rewards)
{
    private TimeSpan Patience => TimeSpan.FromSeconds(options.Now.Executor.ResubmitSeconds);

    /// <param name="holdsUpOthers">A later nonce of the account waits for this one.</param>
    public async Task DriveAsync(AccountView account, Submission open, bool holdsUpOthers, CancellationToken ct)
    {
        var attempts = await journal.AttemptsAsync(open.Id, ct);
        var nonceUsed = account.Nonce > open.Nonce;
        var mined = await minedAttempts.FindAsync(account.Chain, open, attempts, nonceUsed, ct);
        if (open.Status is SubmissionStatus.Mined && mined is null && !nonceUsed)
        {
            await journal.MarkAsync(account.Lease, open.Id, SubmissionStatus.Broadcast, "its block was replaced; the same transaction is sent again", ct);
            open = open with { Status = SubmissionStatus.Broadcast, Age = TimeSpan.Zero };
        }
        var view = new SubmissionView
        {
            Reserved = open.Nonce is not null, Signed = attempts.Count > 0, Inclusion = mined?.Inclusion, FinalHeight = account.FinalHeight,
            NonceUsed = nonceUsed, NonceUsedFinally = account.FinalNonce > open.Nonce,
            Known = mined is not null || await MinedAttempts.KnownAsync(account.Chain, attempts, ct),
            // What was void is planned anew already, with another nonce.
            Overtaken = mined is null && (open.Status is SubmissionStatus.Void || await lanes.IsUnwantedAsync(open.Lane, open.First, ct)),
            HoldsUpOthers = holdsUpOthers, Quarantined = account.Quarantine is not null, Age = open.Age,
        };
        await DoAsync(SubmissionPlan.Decide(view, Patience), account, open, attempts, mined, view.Known, ct);
    }

    private async Task DoAsync(
        SubmissionAction action, AccountView account, Submission open, IReadOnlyList<Attempt> attempts, MinedAttempt? mined, bool known, CancellationToken ct)
    {
        switch (action)
        {
            case SubmissionAction.Abandon:
                await outcome.AbandonedAsync(account, open, ct);
                break;
            case SubmissionAction.Rebroadcast:
                await sender.BroadcastAsync(account, open, attempts[^1], ct);
                break;
            case SubmissionAction.Replace:
                await replacement.DeliverAsync(account, open, attempts[^1], known, ct);
                break;
            case SubmissionAction.Cancel:
                await replacement.CancelAsync(account, open, attempts.Count > 0 ? attempts[^1] : null, known, ct);
                break;
            case SubmissionAction.MarkMined when open.Status is not (SubmissionStatus.Mined or SubmissionStatus.Void):
                await journal.MarkAsync(account.Lease, open.Id, SubmissionStatus.Mined, mined!.Description, ct, mined.SpentWei);
                break;
            case SubmissionAction.MarkVoid when open.Status is not SubmissionStatus.Void:
                await outcome.WithoutEffectAsync(account, open, mined, SubmissionStatus.Void, ct);
                break;
            case SubmissionAction.Finish:
                await journal.MarkAsync(account.Lease, open.Id, SubmissionStatus.Final, mined!.Description, ct, mined.SpentWei);
                await rewards.SettleAsync(open.Id, ct);
                break;
            case SubmissionAction.Fail:
                await outcome.WithoutEffectAsync(account, open, mined, SubmissionStatus.Failed, ct);
                break;
            case SubmissionAction.Suspect:
                await guard.SuspectAsync(account.Chain.Id, open.Nonce!.Value, ct);
                break;
            case SubmissionAction.GiveUp:
                await guard.SuspectAsync(account.Chain.Id, open.Nonce!.Value, ct);
                await outcome.NonceLostAsync(account, open, ct);
                break;
        }
    }
}
