using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Takes one submission from intent to destination finality. The journal is written before anything is broadcast.</summary>
public sealed class TransactionDriver(
    ExecutorKey key, ExecutorOptions options, SubmissionStore journal, DeliveryCalldata calldata, TimeProvider time, ILogger<TransactionDriver> log)
{
    private TimeSpan ResubmitAfter => TimeSpan.FromSeconds(options.ResubmitSeconds);

    public async Task SubmitAsync(ChainLink destination, PlannedDelivery plan, Lease lease, CancellationToken ct)
    {
        var intent = await journal.IntendAsync(plan.Lane, plan.First, plan.Last, key.Address, ct);
        if (intent.Status is not SubmissionStatus.Intent) return; // An earlier run signed this one: driving it decides what becomes of it.
        if (await FeesAsync(destination, null, ct) is not { } fees) return;
        var chainNonce = await destination.Client.NonceAsync(key.Address, pending: true, ct);
        var reserved = await journal.ReserveNonceAsync(intent.Id, lease, chainNonce, plan.GasLimit, ct);
        await SignAndSendAsync(destination, reserved, fees, plan.GasLimit, plan.Data, lease, ct);
        log.LogInformation("lane {Lane}: delivering {First} to {Last}", plan.Lane, plan.First, plan.Last);
    }

    public async Task DriveAsync(ChainLink destination, Submission open, ulong finalHeight, Lease lease, CancellationToken ct)
    {
        var attempts = await journal.AttemptsAsync(open.Id, ct);
        var receipt = await ReceiptAsync(destination, attempts, ct);
        var view = new SubmissionView(
            attempts.Count > 0,
            receipt is null ? null : new Inclusion(receipt.Block.Height, receipt.Succeeded),
            finalHeight,
            open.Nonce is { } nonce && await destination.Client.NonceAsync(key.Address, pending: false, ct) > nonce,
            receipt is not null || await KnownAsync(destination, attempts, ct),
            attempts.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - attempts.Max(a => a.At));

        switch (SubmissionPlan.Decide(view, ResubmitAfter))
        {
            case SubmissionAction.Abandon:
                await journal.MarkAsync(open.Id, SubmissionStatus.Dropped, "nothing was signed; planned afresh", ct);
                break;
            case SubmissionAction.MarkMined when open.Status is not SubmissionStatus.Mined:
                await journal.MarkAsync(open.Id, SubmissionStatus.Mined, $"in block {receipt!.Block}, {receipt.GasUsed} gas", ct);
                break;
            case SubmissionAction.Finish:
                await journal.MarkAsync(open.Id, SubmissionStatus.Final, $"in block {receipt!.Block}, {receipt.GasUsed} gas", ct);
                break;
            case SubmissionAction.Fail:
                await journal.MarkAsync(open.Id, SubmissionStatus.Failed, $"{receipt!.Transaction} reverted in block {receipt.Block}; somebody else may have delivered first", ct);
                break;
            case SubmissionAction.GiveUp:
                log.LogCritical("chain {Chain}: nonce {Nonce} of {Account} was used by a transaction that is not in the journal. Does somebody else use this key?", destination.Id, open.Nonce, key.Address);
                await journal.MarkAsync(open.Id, SubmissionStatus.Dropped, $"nonce {open.Nonce} went to a transaction that is not in the journal", ct);
                break;
            case SubmissionAction.Wait when open.Status is SubmissionStatus.Mined:
                await journal.MarkAsync(open.Id, SubmissionStatus.Broadcast, "its block was replaced; back in the pool", ct);
                break;
            case SubmissionAction.Rebroadcast:
                await BroadcastAsync(destination, open.Id, attempts[^1].RawTransaction, ct);
                break;
            case SubmissionAction.Replace:
                await ReplaceAsync(destination, open, attempts[^1], lease, ct);
                break;
        }
    }

    private async Task ReplaceAsync(ChainLink destination, Submission open, Attempt last, Lease lease, CancellationToken ct)
    {
        if (await FeesAsync(destination, last.Fees, ct) is not { } fees) return;
        log.LogWarning("lane {Lane}: {Transaction} is not mined after {Seconds} s; replacing it at nonce {Nonce}", open.Lane, last.TransactionHash, options.ResubmitSeconds, open.Nonce);
        await SignAndSendAsync(destination, open, fees, open.GasLimit!.Value, await calldata.BuildAsync(open.Lane, open.First, open.Last, ct), lease, ct);
    }

    private async Task SignAndSendAsync(
        ChainLink destination, Submission submission, GasFees fees, ulong gasLimit, byte[] data, Lease lease, CancellationToken ct)
    {
        var transaction = new Eip1559Transaction(destination.Id, submission.Nonce!.Value, fees, gasLimit, destination.BridgeAddress, 0, data);
        var raw = transaction.Sign(key.Signer, out var hash);
        await journal.SaveSignedAsync(lease, new Attempt(submission.Id, hash, raw, fees, time.GetUtcNow()), ct);
        await BroadcastAsync(destination, submission.Id, raw, ct);
    }

    private async Task BroadcastAsync(ChainLink destination, Guid submission, byte[] raw, CancellationToken ct)
    {
        try
        {
            await destination.Client.BroadcastAsync(raw, ct);
            await journal.MarkAsync(submission, SubmissionStatus.Broadcast, null, ct);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.NonceTooLow)
        {
            log.LogWarning("chain {Chain}: {Error}. The receipts decide", destination.Id, e.Message);
        }
    }

    /// <summary>Null above the cap: the operator's limit holds, and the delivery waits for a cheaper block.</summary>
    private async Task<GasFees?> FeesAsync(ChainLink destination, GasFees? last, CancellationToken ct)
    {
        var cap = (UInt128)options.MaxFeeGwei * 1_000_000_000;
        var head = await destination.Client.HeadAsync(ct);
        var market = GasFees.For(head.BaseFee, await destination.Client.SuggestedPriorityFeeAsync(ct));
        GasFees? fees = last is { } before ? FeeBump.Replace(before, market, cap) : market.MaxFee <= cap ? market : null;
        if (fees is null) log.LogWarning("chain {Chain}: gas costs more than Bridge:Executor:MaxFeeGwei = {Cap}; waiting", destination.Id, options.MaxFeeGwei);
        return fees;
    }

    private static async Task<TransactionReceipt?> ReceiptAsync(ChainLink destination, IReadOnlyList<Attempt> attempts, CancellationToken ct)
    {
        foreach (var attempt in attempts)
            if (await destination.Client.ReceiptAsync(attempt.TransactionHash, ct) is { } receipt) return receipt;
        return null;
    }

    private static async Task<bool> KnownAsync(ChainLink destination, IReadOnlyList<Attempt> attempts, CancellationToken ct)
    {
        foreach (var attempt in attempts)
            if (await destination.Client.KnowsTransactionAsync(attempt.TransactionHash, ct)) return true;
        return false;
    }
}
