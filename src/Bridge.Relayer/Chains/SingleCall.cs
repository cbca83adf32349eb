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
    /// <exception cref="TimeoutException">It was not mined in two minutes. Sent again, it takes its own place.</exception>
    public static async Task<Hash32> SendAsync(ChainClient client, ISigner signer, Address to, byte[] data, string reverted, CancellationToken ct)
    {
        var (hash, receipt) = await MinedCall.SendAsync(client, signer, to, data, behindPool: false, Poll, LongestWait, ct);
        if (receipt is null) throw new TimeoutException($"chain {client.Chain}: {hash} is not mined after {LongestWait.TotalMinutes} minutes, and is sent again");
        return receipt.Succeeded ? hash : throw new InvalidOperationException($"chain {client.Chain}: {hash} reverted. {reverted}");
    }
}
