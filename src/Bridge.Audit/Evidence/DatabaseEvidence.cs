using Bridge.Core;

namespace Bridge.Audit;

/// <summary>A row of the table message that is not orphaned.</summary>
public sealed record MessageFact(Hash32 Id, Lane Lane, Sequence Sequence, byte[] Wire, TransferStatus Status, BlockRef Block, Hash32 Transaction);

public sealed record AttestationFact(Lane Lane, Hash32 LaneId, Sequence Sequence, Epoch Epoch, Address Signer, Hash32 RollingHash, byte[] Signature);

/// <summary>One signed transaction of an executor's journal.</summary>
public sealed record AttemptFact(Guid Submission, string Status, ChainId Chain, Address Account, ulong? Nonce, Hash32 Transaction);

public sealed record TransitionFact(Hash32 Message, string Event, string? From, string To);

/// <summary>A row of the table delivery_event.</summary>
public sealed record DeliveryFact(Lane Lane, Hash32 Transaction, ulong LogIndex, string Kind, Sequence First, Sequence Last, BlockRef Block);

/// <summary>What one organisation's database says, read by SQL of the auditor's own.</summary>
/// <param name="Name">Names the organisation in verdicts.</param>
/// <param name="Halts">By lane: why it stands still.</param>
/// <param name="Unprotected">Ways in which a row of the history could be changed that should not be there.</param>
/// <param name="Cursors">Up to which final height each chain was read.</param>
public sealed record DatabaseEvidence(
    string Name,
    IReadOnlyDictionary<(Lane, Sequence), MessageFact> Messages,
    IReadOnlyList<AttestationFact> Attestations,
    IReadOnlyList<AttemptFact> Attempts,
    IReadOnlyList<TransitionFact> Transitions,
    IReadOnlyList<DeliveryFact> Deliveries,
    IReadOnlyDictionary<Lane, string> Halts,
    IReadOnlyList<string> Unprotected,
    IReadOnlyDictionary<ChainId, ulong> Cursors);
