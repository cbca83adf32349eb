using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Under which EIP-712 domain a token takes signatures, and which kinds.</summary>
public sealed record TokenSigning(string Name, string Version, bool Permit, bool TransferAuthorization);

/// <summary>Finds out what a token's owner can sign, by asking the token: nothing is assumed from its name.</summary>
public sealed class SigningToken(ChainClient chain, Address token)
{
    // Of what exists: most tokens say 1, USDC says 2. Few tell their version by a view.
    private static readonly string[] Versions = ["1", "2"];

    private static readonly AbiFunction Name = new("name()", "(string)");
    private static readonly AbiFunction Separator = new("DOMAIN_SEPARATOR()", "(bytes32)");
    private static readonly AbiFunction Nonces = new("nonces(address)", "(uint256)");
    private static readonly AbiFunction Receive = new("receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)");

    /// <summary>Null for a token that takes no signature, or under a domain that is not the usual one.</summary>
    public async Task<TokenSigning?> ReadAsync(CancellationToken ct)
    {
        if (await TryAsync(Name, ct) is not [string name] || await TryAsync(Separator, ct) is not [var said]) return null;
        var separator = AbiValue.Hash(said);
        if (Versions.FirstOrDefault(version => new Eip712Domain(chain.Chain, token, name, version).Separator() == separator) is not { } version) return null;
        var permit = await TryAsync(Nonces, ct, token) is not null;
        var authorization = await KnowsAuthorizationAsync(ct);
        return permit || authorization ? new TokenSigning(name, version, permit, authorization) : null;
    }

    /// <summary>The owner's next nonce for a permit; null where the token knows none.</summary>
    public async Task<UInt128?> PermitNonceAsync(Address owner, CancellationToken ct) =>
        await TryAsync(Nonces, ct, owner) is [BigInteger nonce] && nonce <= (BigInteger)UInt128.MaxValue ? (UInt128)nonce : null;

    /// <summary>A token that knows the call says what is wrong with the signature; one that does not reverts with nothing.</summary>
    private async Task<bool> KnowsAuthorizationAsync(CancellationToken ct)
    {
        var never = Receive.Encode(token, token, BigInteger.One, BigInteger.Zero, (BigInteger)ulong.MaxValue, default(Hash32), new byte[65]);
        try
        {
            await chain.CallAsync(token, never, null, token, ct);
            return false; // It accepted a signature that nobody made: not a token to take signatures for.
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            return Hex.TryParse(e.Data, out var data) && data.Length > 0;
        }
    }

    private async Task<object[]?> TryAsync(AbiFunction view, CancellationToken ct, params object[] arguments)
    {
        try
        {
            return view.DecodeResult(await chain.CallAsync(token, view.Encode(arguments), null, ct));
        }
        catch (Exception e) when (e is AbiException or RpcException { Kind: RpcErrorKind.Reverted })
        {
            return null;
        }
    }
}
