using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The EntryPoint of ERC-4337, 0.6 and later.</summary>
public static class EntryPointContract
{
    private static readonly AbiFunction GetNonce = new("getNonce(address,uint192)", "(uint256)");

    /// <summary>Whether an operation of the account with this nonce was included, at a height.</summary>
    public static async Task<bool> IsUsedAsync(ChainClient chain, Address entryPoint, SponsoredOperation operation, ulong height, CancellationToken ct)
    {
        var nonce = new BigInteger(operation.Nonce.ToArray(), isUnsigned: true, isBigEndian: true);
        var next = (BigInteger)GetNonce.DecodeResult(await chain.CallAsync(entryPoint, GetNonce.Encode(operation.Sender, nonce >> 64), height, ct))[0];
        return next > nonce;
    }
}
