using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What a node showed of an account at a block, as it was: anybody can verify it again, with nothing but the block's hash.</summary>
/// <param name="Header">The result of eth_getBlockByHash, without transactions.</param>
/// <param name="Reply">The result of eth_getProof.</param>
public sealed record StorageProof(JsonElement Header, JsonElement Reply)
{
    /// <summary>Names no node: a proof is verified without one.</summary>
    private static readonly RpcRead Read = new(new Uri("http://proof.invalid"));

    /// <summary>The words in the slots, in their order.</summary>
    /// <exception cref="ProofException">The header is not the block's, or anything in the reply does not follow from it.</exception>
    public IReadOnlyList<Hash32> Words(BlockRef block, Address account, IReadOnlyList<Hash32> slots) => Proven(
        block, root => AccountProof.Verify(Read, Reply, root, account, slots));

    /// <summary>Wei that the account has.</summary>
    /// <exception cref="ProofException">As above.</exception>
    public BigInteger Balance(BlockRef block, Address account) => Proven(block, root =>
    {
        AccountProof.Verify(Read, Reply, root, account, []);
        return (BigInteger)Read.UInt128(Read.Member(Reply, "balance"));
    });

    private T Proven<T>(BlockRef block, Func<Hash32, T> verify)
    {
        try
        {
            if (HeaderHash.Of(Header) is var hash && hash != block.Hash) throw new ProofException($"the header's fields hash to {hash?.ToString() ?? "nothing"}, not to {block.Hash}");
            if (Read.UInt64(Read.Member(Header, "number")) != block.Height) throw new ProofException($"the header is not of block {block.Height}");
            return verify(Read.Hash(Read.Member(Header, "stateRoot")));
        }
        catch (RpcException e)
        {
            throw new ProofException($"it has another form: {e.Message}");
        }
    }
}
