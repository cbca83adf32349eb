using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Takes an open submission a step further, to destination finality.</summary>
public sealed class TransactionDriver(
    LiveOptions options, SubmissionStore journal, MinedAttempts minedAttempts, LaneLook lanes, Replacement replacement, TransactionSender sender,
    SubmissionOutcome outcome, AccountGuard guard, RewardStore rewards, RequestStore requests)
{
    private TimeSpan Patience => TimeSpan.FromSeconds(options.Now.Executor.ResubmitSeconds);

    /// <param name="holdsUpOthers">A later nonce of the account waits for this one.</param>
    /// <param name="request">What an operator asks about it.</param>
    public async Task DriveAsync(AccountView account, Submission open, bool holdsUpOthers, OperatorRequest? request, CancellationToken ct)
    {
        if (request is not null && !await requests.TakeAsync(request.Id, ct)) request = null;
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
            Asked = request?.Kind switch { RequestKind.Bump => SubmissionAction.Replace, RequestKind.Cancel => SubmissionAction.Cancel, _ => null },
        };
        var action = SubmissionPlan.Decide(view, Patience);
        var refusal = await DoAsync(action, account, open, attempts, mined, view.Known, ct);
        if (request is not null) await AnswerAsync(request, view, action, refusal, open, ct);
    }

    private async Task AnswerAsync(OperatorRequest request, SubmissionView view, SubmissionAction action, string? refusal, Submission open, CancellationToken ct)
    {
        var sent = action is SubmissionAction.Replace or SubmissionAction.Cancel && view.Signed;
        var why = view switch
        {
            _ when sent => refusal,
            { Inclusion: not null } => "it is mined already",
            { NonceUsed: true } or { NonceUsedFinally: true } => $"nonce {open.Nonce} is used already",
            { Signed: false } => "nothing of it is signed yet",
            { Quarantined: true } => "its account is in quarantine, see 'bridge accounts list'",
            _ => $"the executor decided to {action}",
        };
        if (why is not null) await requests.SettleAsync(request.Id, RequestOutcome.Refused, why, ct);
        else await requests.SettleAsync(request.Id, RequestOutcome.Done, await DescribeAsync(open, ct), ct);
    }

    private async Task<string> DescribeAsync(Submission open, CancellationToken ct)
    {
        var newest = (await journal.AttemptsAsync(open.Id, ct))[^1];
        return Requests.Offered(newest.IsCancel, open.Nonce, newest.TransactionHash, newest.Fees);
    }

    /// <summary>Why nothing was offered where something should be; else null.</summary>
    private async Task<string?> DoAsync(
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
                return await replacement.DeliverAsync(account, open, attempts[^1], known, ct);
            case SubmissionAction.Cancel:
                return await replacement.CancelAsync(account, open, attempts.Count > 0 ? attempts[^1] : null, known, ct);
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
        return null;
    }
}
