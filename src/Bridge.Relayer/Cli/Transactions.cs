using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli;

/// <summary>A person's own transactions, each waited for until it is mined.</summary>
/// <param name="poll">Between two looks for the receipt.</param>
internal sealed class Transactions(ISigner signer, ChainClient client, TimeSpan poll)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <exception cref="RpcException">Kind Reverted: it would revert, and was not sent.</exception>
    /// <exception cref="UserException">It reverted, or was not mined in five minutes.</exception>
    public async Task<TransactionReceipt> MinedAsync(Address to, byte[] data, CancellationToken ct)
    {
        var head = await client.HeadAsync(ct);
        var fees = GasFees.For(head.BaseFee, await client.SuggestedPriorityFeeAsync(ct));
        var gas = await client.EstimateGasAsync(signer.Address, to, data, ct);
        var nonce = await client.NonceAsync(signer.Address, pending: true, ct);
        var (raw, hash) = await new Eip1559Transaction(client.Chain, nonce, fees, gas + (gas / 5), to, 0, data).SignAsync(signer, ct);
        await client.BroadcastAsync(raw, ct);
        return await WaitAsync(hash, ct);
    }

    private async Task<TransactionReceipt> WaitAsync(Hash32 hash, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        try
        {
            while (true)
            {
                if (await client.ReceiptAsync(hash, limit.Token) is { } receipt)
                    return receipt.Succeeded ? receipt : throw new UserException($"transaction {hash} reverted in block {receipt.Block.Height}.");
                await Task.Delay(poll, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new UserException($"transaction {hash} was sent and is not mined after {LongestWait.TotalMinutes} minutes; it may still be.");
        }
    }
}
