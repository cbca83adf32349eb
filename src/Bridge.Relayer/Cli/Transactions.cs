using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;

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
        var (hash, receipt) = await MinedCall.SendAsync(client, signer, to, data, behindPool: true, poll, LongestWait, ct);
        if (receipt is null) throw new UserException($"transaction {hash} was sent and is not mined after {LongestWait.TotalMinutes} minutes; it may still be.");
        return receipt.Succeeded ? receipt : throw new UserException($"transaction {hash} reverted in block {receipt.Block.Height}.");
    }
}
