using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Chains;

/// <summary>One transaction now and then, from an account that nothing else uses: no journal, since the nonce of what is mined decides.</summary>
internal static class SingleCall
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <param name="reverted">What it may mean that it reverts, as a question.</param>
    /// <returns>The transaction, once it is mined.</returns>
    /// <exception cref="OperationCanceledException">It was not mined in two minutes. Sent again, it takes its own place.</exception>
    public static async Task<Hash32> SendAsync(ChainClient client, ISigner signer, Address to, byte[] data, string reverted, CancellationToken ct)
    {
        var gas = await client.EstimateGasAsync(signer.Address, to, data, ct);
        var fees = GasFees.For((await client.HeadAsync(ct)).BaseFee, await client.SuggestedPriorityFeeAsync(ct));
        // The nonce of what is mined: what is stuck in the pool is sent again in its own place.
        var nonce = await client.NonceAsync(signer.Address, pending: false, ct);
        var (raw, hash) = await new Eip1559Transaction(client.Chain, nonce, fees, gas + (gas / 5), to, 0, data).SignAsync(signer, ct);
        await client.BroadcastAsync(raw, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            if (await client.ReceiptAsync(hash, limit.Token) is { } receipt)
                return receipt.Succeeded ? hash : throw new InvalidOperationException($"chain {client.Chain}: {hash} reverted. {reverted}");
            await Task.Delay(Poll, limit.Token);
        }
    }
}
