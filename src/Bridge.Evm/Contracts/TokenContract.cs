using System.Numerics;
using System.Text;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An ERC-20 token. Views at a height are agreed by the quorum; without a height they are one endpoint's latest state.</summary>
public sealed class TokenContract(ChainClient chain, Address token)
{
    private static readonly AbiFunction Symbol = new("symbol()", "(string)");
    private static readonly AbiFunction Decimals = new("decimals()", "(uint8)");
    private static readonly AbiFunction BalanceOf = new("balanceOf(address)", "(uint256)");
    private static readonly AbiFunction TotalSupply = new("totalSupply()", "(uint256)");
    private static readonly AbiFunction Allowance = new("allowance(address,address)", "(uint256)");
    private static readonly AbiFunction Approve = new("approve(address,uint256)", "(bool)");

    public Address Address => token;

    public static byte[] EncodeApprove(Address spender, BigInteger amount) => Approve.Encode(spender, amount);

    public async Task<string> SymbolAsync(CancellationToken ct)
    {
        var data = await chain.CallAsync(token, Symbol.Encode(), null, ct);
        // Tokens older than the ERC return bytes32, padded with zeros.
        return data.Length == 32 ? Encoding.UTF8.GetString(data.AsSpan().TrimEnd((byte)0)) : (string)Symbol.DecodeResult(data)[0];
    }

    public async Task<int> DecimalsAsync(CancellationToken ct) => (int)await NumberAsync(Decimals, [], null, ct);

    /// <summary>Base units.</summary>
    public Task<BigInteger> BalanceOfAsync(Address account, CancellationToken ct) => BalanceOfAsync(account, null, ct);

    /// <summary>Base units.</summary>
    public Task<BigInteger> BalanceOfAsync(Address account, ulong? height, CancellationToken ct) => NumberAsync(BalanceOf, [account], height, ct);

    /// <summary>Base units.</summary>
    public Task<BigInteger> TotalSupplyAsync(ulong? height, CancellationToken ct) => NumberAsync(TotalSupply, [], height, ct);

    /// <summary>Base units.</summary>
    public Task<BigInteger> AllowanceAsync(Address owner, Address spender, CancellationToken ct) => NumberAsync(Allowance, [owner, spender], null, ct);

    private async Task<BigInteger> NumberAsync(AbiFunction view, object[] arguments, ulong? height, CancellationToken ct) =>
        (BigInteger)view.DecodeResult(await chain.CallAsync(token, view.Encode(arguments), height, ct))[0];
}
