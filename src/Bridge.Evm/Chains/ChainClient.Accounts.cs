using Bridge.Core;

namespace Bridge.Evm;

public sealed partial class ChainClient
{
    /// <summary>The code at an address at the latest block of one endpoint: empty for an account with nothing but a key.</summary>
    public Task<byte[]> CodeAsync(Address account, CancellationToken ct) => _group.AnyAsync(
        (e, t) => e.AskAsync(async (rpc, token) => new RpcRead(rpc.Url).Data(await rpc.CallAsync("eth_getCode", [account.ToString(), "latest"], token)), t), ct);
}
