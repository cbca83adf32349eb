using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Which of a submission's transactions was mined, and how it went.</summary>
/// <param name="SpentWei">What it took from the account for its gas; null if no endpoint has the receipt.</param>
public sealed record MinedAttempt(Hash32 Transaction, Inclusion Inclusion, string Description, bool Reverted, UInt128? SpentWei = null);

/// <summary>Looks for all of a submission's transactions, whichever was mined: through receipts, and through what the watcher read.</summary>
public sealed class MinedAttempts(DeliveryRecords records)
{
    /// <param name="nonceUsed">Only then the watcher is asked: after a reorg, it may still believe in the old block.</param>
    public async Task<MinedAttempt?> FindAsync(ChainLink chain, Submission submission, IReadOnlyList<Attempt> attempts, bool nonceUsed, CancellationToken ct)
    {
        foreach (var attempt in attempts)
            if (await chain.Client.ReceiptAsync(attempt.TransactionHash, ct) is { } receipt) return Of(attempt, receipt);
        if (nonceUsed && await records.OfSubmissionAsync(submission.Id, ct) is var (transaction, height))
            return new MinedAttempt(transaction, new Inclusion(height, true), $"{transaction} in block {height}, by its log; no endpoint has the receipt", false);
        return null;
    }

    public static async Task<bool> KnownAsync(ChainLink chain, IReadOnlyList<Attempt> attempts, CancellationToken ct)
    {
        foreach (var attempt in attempts)
            if (await chain.Client.KnowsTransactionAsync(attempt.TransactionHash, ct)) return true;
        return false;
    }

    private static MinedAttempt Of(Attempt attempt, TransactionReceipt receipt) => new(
        attempt.TransactionHash, new Inclusion(receipt.Block.Height, receipt.Succeeded && !attempt.IsCancel),
        (attempt.IsCancel ? "cancelled by " : receipt.Succeeded ? "" : "reverted: ") + $"{attempt.TransactionHash} in block {receipt.Block}, {receipt.GasUsed} gas",
        !receipt.Succeeded, receipt.GasUsed * receipt.EffectiveGasPrice);
}
