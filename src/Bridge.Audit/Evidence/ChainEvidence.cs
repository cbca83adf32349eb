using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A token's Transfer event.</summary>
/// <param name="Amount">Base units.</param>
public sealed record TokenMove(Address Token, Address From, Address To, BigInteger Amount, BlockRef Block, Hash32 Transaction);

/// <summary>A call of the Bridge's deliver.</summary>
public sealed record DeliverCall(Hash32 LaneId, Sequence First, byte[] Messages, Certificate Certificate);

/// <param name="Height">Null while it is not mined.</param>
public sealed record ChainTransaction(Hash32 Hash, Address From, Address? To, ulong Nonce, byte[] Input, ulong? Height);

/// <summary>A deliverer whom the token refused: the recipient got the fee.</summary>
public sealed record FeeForgone(Hash32 LaneId, Sequence Sequence, Hash32 Transaction);

/// <summary>All that one chain says of its Bridge, at one block, read through endpoints of the auditor's own.</summary>
/// <param name="At">The final block at which the views were read, and up to which the logs.</param>
/// <param name="Time">Of that block, by the chain's own clock.</param>
/// <param name="Vanished">A block that an earlier audit saw as final and that is on the chain no more.</param>
/// <param name="Changes">Of roles and settings, since the deployment.</param>
/// <param name="Outbound">By destination.</param>
/// <param name="Inbound">The rolling hash by source.</param>
/// <param name="Calls">By transaction with a delivery: its calls of deliver. One that could not be looked into is missing.</param>
/// <param name="Sets">By epoch, every one that a delivery names.</param>
public sealed record ChainEvidence(
    ChainId Chain,
    Address Bridge,
    BlockRef At,
    DateTimeOffset Time,
    BlockRef? Vanished,
    IReadOnlyList<BridgeEvent> Events,
    IReadOnlyList<FeeForgone> Forgone,
    IReadOnlyList<TokenMove> Moves,
    IReadOnlyList<AssetHolding> Assets,
    IReadOnlyList<AuthorityChange> Changes,
    IReadOnlyDictionary<ChainId, LaneState> Outbound,
    IReadOnlyDictionary<ChainId, Hash32> Inbound,
    IReadOnlyDictionary<Hash32, IReadOnlyList<DeliverCall>> Calls,
    IReadOnlyDictionary<Epoch, ValidatorSet> Sets)
{
    public Eip712Domain Domain => new(Chain, Bridge);

    /// <summary>Which validator sets counted when.</summary>
    public required Epochs Epochs { get; init; }

    /// <summary>Times of the blocks whose deliveries were signed by another set than the one in force.</summary>
    public required IReadOnlyDictionary<ulong, DateTimeOffset> Times { get; init; }
}
