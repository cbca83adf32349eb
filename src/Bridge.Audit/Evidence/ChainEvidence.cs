using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A token's Transfer event.</summary>
/// <param name="Amount">Base units.</param>
public sealed record TokenMove(Address Token, Address From, Address To, BigInteger Amount, BlockRef Block, Hash32 Transaction);

/// <summary>A transaction that called the Bridge's deliver directly.</summary>
public sealed record DeliverCall(Hash32 Transaction, Address From, ulong Nonce, Hash32 LaneId, Sequence First, byte[] Messages, Certificate Certificate);

/// <summary>A deliverer whom the token refused: the recipient got the fee.</summary>
public sealed record FeeForgone(Hash32 LaneId, Sequence Sequence, Hash32 Transaction);

/// <summary>An asset on one chain, at the evidence's block.</summary>
/// <param name="Supply">Base units of the wrapped token; 0 in the other modes.</param>
/// <param name="Held">Base units that the Bridge has; 0 where it mints.</param>
public sealed record AssetEvidence(BridgeAsset Asset, BigInteger Supply, BigInteger Held);

/// <summary>All that one chain says of its Bridge, at one block, read through endpoints of the auditor's own.</summary>
/// <param name="At">The final block at which the views were read, and up to which the logs.</param>
/// <param name="Outbound">By destination.</param>
/// <param name="Inbound">The rolling hash by source.</param>
/// <param name="Sets">By epoch, every one that a delivery names.</param>
/// <param name="Nonces">By account that delivered: its transaction count at the block.</param>
public sealed record ChainEvidence(
    ChainId Chain,
    Address Bridge,
    BlockRef At,
    IReadOnlyList<BridgeEvent> Events,
    IReadOnlyList<FeeForgone> Forgone,
    IReadOnlyList<TokenMove> Moves,
    IReadOnlyList<AssetEvidence> Assets,
    IReadOnlyDictionary<ChainId, LaneState> Outbound,
    IReadOnlyDictionary<ChainId, Hash32> Inbound,
    IReadOnlyDictionary<Hash32, DeliverCall> Calls,
    IReadOnlyDictionary<Epoch, ValidatorSet> Sets,
    IReadOnlyDictionary<Address, ulong> Nonces)
{
    public Eip712Domain Domain => new(Chain, Bridge);
}
