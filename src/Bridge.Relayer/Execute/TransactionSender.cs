using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Signs, writes the journal, and only then sends.</summary>
public sealed class TransactionSender(ExecutorKey key, SubmissionStore journal, TimeProvider time, ILogger<TransactionSender> log)
{
    /// <summary>What paying nothing to oneself takes where gas is only execution.</summary>
    private const ulong PlainGas = 21_000;

    public Task DeliverAsync(AccountView account, Submission submission, GasFees fees, byte[] data, CancellationToken ct) => SendAsync(
        account, submission, new Eip1559Transaction(account.Chain.Id, submission.Nonce!.Value, fees, submission.GasLimit!.Value, account.Chain.BridgeAddress, 0, data), false, ct);

    /// <summary>Spends the submission's nonce on a payment of nothing to the account itself.</summary>
    public async Task CancelAsync(AccountView account, Submission submission, GasFees fees, CancellationToken ct)
    {
        var estimate = await account.Chain.Client.EstimateGasAsync(account.Account, account.Account, [], ct);
        var gas = estimate <= PlainGas ? PlainGas : DeliveryPlanner.GasWithMargin(estimate);
        log.LogWarning("lane {Lane}: cancelling the delivery of {First} at nonce {Nonce}", submission.Lane, submission.First, submission.Nonce);
        await SendAsync(account, submission, new Eip1559Transaction(account.Chain.Id, submission.Nonce!.Value, fees, gas, account.Account, 0, []), true, ct);
    }

    /// <summary>Sends what is in the journal. A refusal is written beside it: what becomes of it is decided by the next look.</summary>
    public async Task BroadcastAsync(AccountView account, Submission submission, Attempt attempt, CancellationToken ct)
    {
        try
        {
            await account.Chain.Client.BroadcastAsync(attempt.RawTransaction, ct);
            // A cancellation is no delivery that anybody waits for.
            if (submission.Status is SubmissionStatus.Signed && !attempt.IsCancel) await journal.MarkAsync(account.Lease, submission.Id, SubmissionStatus.Broadcast, null, ct);
        }
        catch (RpcException e) when (e.Kind.IsAnswer())
        {
            if (await journal.NoteAsync(account.Lease, submission.Id, Refusal(e), ct)) log.LogWarning("chain {Chain}, nonce {Nonce}: {Error}", account.Chain.Id, submission.Nonce, e.Message);
        }
    }

    private async Task SendAsync(AccountView account, Submission submission, Eip1559Transaction transaction, bool isCancel, CancellationToken ct)
    {
        var (raw, hash) = await transaction.SignAsync(key.Signer, ct);
        var attempt = new Attempt(submission.Id, hash, raw, transaction.Fees, time.GetUtcNow(), isCancel);
        await journal.SaveSignedAsync(account.Lease, attempt, ct);
        await BroadcastAsync(account, submission.Status is SubmissionStatus.Void ? submission : submission with { Status = SubmissionStatus.Signed }, attempt, ct);
    }

    private static string Refusal(RpcException refusal) => refusal.Kind switch
    {
        RpcErrorKind.InsufficientFunds => "the account cannot pay for it; send it coin",
        RpcErrorKind.FeeTooLow => "gas costs more than it offers; it is replaced in time",
        RpcErrorKind.Underpriced => "another transaction of this nonce offers more; it is replaced in time",
        RpcErrorKind.NonceTooLow => "its nonce is used; receipts decide whether by itself",
        _ => refusal.Message,
    };
}
