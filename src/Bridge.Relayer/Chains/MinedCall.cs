using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Chains;

/// <summary>A call that is sent once and waited for, without a journal.</summary>
internal static class MinedCall
{
    /// <param name="behindPool">True: after what the account has in the pool. False: in the place of what is stuck there.</param>
    /// <param name="poll">Between two looks for the receipt.</param>
    /// <returns>No receipt: it was sent and not mined within <paramref name="longest"/>; it may still be.</returns>
    /// <exception cref="RpcException">Kind Reverted: it would revert, and was not sent.</exception>
    public static async Task<(Hash32 Hash, TransactionReceipt? Receipt)> SendAsync(
        ChainClient client, ISigner signer, Address to, byte[] data, bool behindPool, TimeSpan poll, TimeSpan longest, CancellationToken ct)
    {
        var gas = await client.EstimateGasAsync(signer.Address, to, data, ct);
        var fees = GasFees.For((await client.HeadAsync(ct)).BaseFee, await client.SuggestedPriorityFeeAsync(ct));
        var nonce = await client.NonceAsync(signer.Address, behindPool, ct);
        var (raw, hash) = await new Eip1559Transaction(client.Chain, nonce, fees, gas + (gas / 5), to, 0, data).SignAsync(signer, ct);
        await client.BroadcastAsync(raw, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        try
        {
            while (true)
            {
                if (await client.ReceiptAsync(hash, limit.Token) is { } receipt) return (hash, receipt);
                await Task.Delay(poll, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (hash, null);
        }
    }
}
