using System.Numerics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Oracle;

/// <summary>What an account is and has, at one endpoint's latest block.</summary>
public sealed class AccountReading(ChainSet chains, DirectoryStore directory)
{
    // EIP-7702: 0xef0100 and the address whose code runs.
    private static readonly byte[] Delegation = [0xef, 0x01, 0x00];

    /// <summary>Null for a chain that is not configured here.</summary>
    public async Task<AccountAnswer?> ReadAsync(AccountQuestion question, CancellationToken ct)
    {
        if (chains.Find(question.Chain) is not { } link) return null;
        var code = Kind(await link.Client.CodeAsync(question.Account, ct));
        var coin = await link.Client.BalanceAsync(question.Account, ct);
        var asset = (await directory.AssetsAsync(ct)).FirstOrDefault(row => row.Chain == question.Chain && row.Asset == question.Asset);
        if (asset is null) return new AccountAnswer(code, coin, null, null, null, null, null);
        if (asset.Mode == "native") return new AccountAnswer(code, coin, coin, null, null, null, null);
        var token = new TokenContract(link.Client, asset.Token);
        return new AccountAnswer(
            code, coin, Amount(await token.BalanceOfAsync(question.Account, ct)), Amount(await token.AllowanceAsync(question.Account, link.BridgeAddress, ct)),
            link.Intents is { } intents ? Amount(await token.AllowanceAsync(question.Account, intents, ct)) : null,
            link.Intents is null ? null : Amount(await token.AllowanceAsync(question.Account, link.Permit2, ct)),
            await new SigningToken(link.Client, asset.Token).PermitNonceAsync(question.Account, ct));
    }

    private static string Kind(byte[] code) => code.Length == 0 ? "none" : code.AsSpan().StartsWith(Delegation) && code.Length == 23 ? "delegated" : "contract";

    private static UInt128 Amount(BigInteger number) => number > (BigInteger)UInt128.MaxValue ? UInt128.MaxValue : (UInt128)number;
}
