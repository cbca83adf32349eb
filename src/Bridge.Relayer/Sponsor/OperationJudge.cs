using System.Numerics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Sponsor;

/// <summary>Decides whether an operation does what is paid for: it approves the Bridge for its assets, sends, and does nothing else.</summary>
public sealed class OperationJudge(DirectoryStore directory)
{
    private const int MostCalls = 16;

    /// <summary>Null, or why not and what to do.</summary>
    public async Task<string?> RefusalAsync(ChainLink chain, SponsoredOperation operation, CancellationToken ct)
    {
        if (!OperationCalls.TryRead(operation.CallData, out var calls)) return "the callData is neither execute(address,uint256,bytes) nor executeBatch((address,uint256,bytes)[]) in its plain encoding; only accounts with these are served";
        if (calls.Count > MostCalls) return $"it makes {calls.Count} calls; at most {MostCalls} are paid for";
        var assets = (await directory.AssetsAsync(ct)).Where(row => row.Chain == chain.Id).ToDictionary(row => row.Asset);
        var sent = new Dictionary<AssetId, BigInteger>();
        foreach (var call in calls)
        {
            if (Refusal(chain, call, assets.Values, out var asset) is { } refusal) return refusal;
            if (asset is { } one) sent[one.Asset] = sent.GetValueOrDefault(one.Asset) + one.Amount;
        }
        if (sent.Count == 0) return "it sends nothing; what is paid for is send or sendCall of the Bridge";
        foreach (var (asset, amount) in sent)
        {
            if (!assets.TryGetValue(asset, out var listed)) return $"asset {asset} is not listed on chain {chain.Id}; GET /v1/assets shows those that are";
            if (await HoldingAsync(chain, listed, operation.Sender, ct) is var holding && holding < amount) return $"{operation.Sender} has {holding} of the {amount} base units of asset {asset} that it would send; fund it first";
        }
        return null;
    }

    private static string? Refusal(ChainLink chain, AccountCall call, IEnumerable<AssetRow> assets, out SentAsset? sent)
    {
        sent = null;
        if (call.Target == chain.BridgeAddress)
        {
            if (!OperationCalls.IsSend(call.Data, out var asset)) return $"it calls the Bridge for something else than send or sendCall";
            sent = asset;
            return null;
        }
        if (assets.All(asset => asset.Token != call.Target)) return $"it calls {call.Target}, which is neither the Bridge {chain.BridgeAddress} nor a token that the Bridge lists; leave that call out, or pay for it with the account's own coin";
        if (!OperationCalls.IsApproval(call.Data, out var spender)) return $"it calls the token {call.Target} for something else than approve(address,uint256)";
        if (spender != chain.BridgeAddress) return $"it approves {spender}; only approvals of the Bridge {chain.BridgeAddress} are paid for";
        return call.Value.IsZero ? null : $"it pays {call.Value} wei along with an approval";
    }

    private static async Task<BigInteger> HoldingAsync(ChainLink chain, AssetRow asset, Address account, CancellationToken ct) => asset.Mode == "native"
        ? await chain.Client.BalanceAsync(account, ct)
        : await new TokenContract(chain.Client, asset.Token).BalanceOfAsync(account, ct);
}
