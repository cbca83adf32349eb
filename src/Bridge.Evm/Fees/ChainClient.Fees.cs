using Bridge.Core;

namespace Bridge.Evm;

public sealed partial class ChainClient
{
    /// <summary>Gas units with what the published bytes cost, by one endpoint of a chain of the ZKsync era.</summary>
    /// <exception cref="RpcException">Kind Reverted if the transaction would revert; MethodNotFound on other chains.</exception>
    public Task<ulong> EstimateZkGasAsync(Address from, Address to, byte[] data, CancellationToken ct) => _group.AnyAsync(
        (e, t) => e.AskAsync(async (rpc, token) =>
        {
            var read = new RpcRead(rpc.Url);
            var reply = await rpc.CallAsync("zks_estimateFee", [Transaction(from, to, data)], token);
            return read.UInt64(read.Member(reply, "gas_limit"));
        }, t), ct);
}
