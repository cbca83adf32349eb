using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Writes how a submission ended that delivered nothing, with the reason: most often, somebody else was first.</summary>
public sealed class SubmissionOutcome(SubmissionStore journal, DeliveryRecords records, DeliveryCalldata calldata, HaltStore halts)
{
    /// <summary>Nothing was signed. Who delivered in its place is waited for: the watcher reads it soon, and an intent holds nobody up.</summary>
    public async Task AbandonedAsync(AccountView account, Submission open, CancellationToken ct)
    {
        var why = account.Nonce > open.Nonce ? NonceLost(open) : await DelivererAsync(open, ct) ?? (await halts.CurrentAsync(open.Lane, ct))?.Reason;
        if (why is not null) await journal.MarkAsync(account.Lease, open.Id, SubmissionStatus.Dropped, why, ct);
    }

    /// <param name="status">Void, or Failed once it is final.</param>
    /// <param name="mined">Null if no endpoint has the receipt, though the nonce is spent.</param>
    public async Task WithoutEffectAsync(AccountView account, Submission open, MinedAttempt? mined, SubmissionStatus status, CancellationToken ct)
    {
        var what = mined?.Description ?? $"nonce {open.Nonce} is spent, no endpoint has the receipt, and no delivery of it was seen";
        var why = await DelivererAsync(open, ct) ?? (mined is { Reverted: true } ? await RevertAsync(account, open, mined, ct) : null);
        await journal.MarkAsync(account.Lease, open.Id, status, why is null ? what : $"{what}: {why}", ct, mined?.SpentWei);
    }

    public Task NonceLostAsync(AccountView account, Submission open, CancellationToken ct) =>
        journal.MarkAsync(account.Lease, open.Id, SubmissionStatus.Dropped, NonceLost(open), ct);

    private static string NonceLost(Submission open) => $"nonce {open.Nonce} went to a transaction that is not in the journal";

    private async Task<string?> DelivererAsync(Submission open, CancellationToken ct) =>
        await records.DelivererAsync(open.Lane, open.First, ct) is var (by, transaction) ? $"{by} delivered {open.First} in {transaction}" : null;

    /// <summary>A receipt does not hold the reason; the same call at the end of that block most often fails for the same one.</summary>
    private async Task<string?> RevertAsync(AccountView account, Submission open, MinedAttempt mined, CancellationToken ct)
    {
        if (await calldata.TryBuildAsync(open.Lane, open.First, open.Last, ct) is not { } data) return "it is not certified under the current epoch";
        try
        {
            await account.Chain.Client.CallAsync(account.Chain.BridgeAddress, data, mined.Inclusion.Height, account.Account, ct);
            return "the same call succeeds at the end of that block";
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            return e.Data is { } reverted ? RevertReason.Describe(reverted) : e.Message;
        }
    }
}
