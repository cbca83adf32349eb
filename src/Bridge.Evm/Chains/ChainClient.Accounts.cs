using System.Globalization;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

public sealed partial class ChainClient
{
    /// <summary>The code at an address at the latest block of one endpoint: empty for an account with nothing but a key.</summary>
    public Task<byte[]> CodeAsync(Address account, CancellationToken ct) => _group.AnyAsync(
        (e, t) => e.AskAsync(async (rpc, token) => new RpcRead(rpc.Url).Data(await rpc.CallAsync("eth_getCode", [account.ToString(), "latest"], token)), t), ct);

    /// <summary>Wei at a block, agreed by the quorum.</summary>
    /// <exception cref="EndpointQuorumException">No quorum gave the same number.</exception>
    public async Task<BigInteger> BalanceAtAsync(Address account, ulong height, CancellationToken ct) => (BigInteger)await _group.AgreeAsync(
        $"balance of {account} at block {height}", height,
        (e, t) => e.AskAsync(async (rpc, token) => new RpcRead(rpc.Url).UInt128(await rpc.CallAsync("eth_getBalance", [account.ToString(), Quantity.Of(height)], token)), t),
        balance => balance.ToString(CultureInfo.InvariantCulture), ct);
}
