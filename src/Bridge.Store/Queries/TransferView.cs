using Bridge.Core;

namespace Bridge.Store;

/// <summary>One transfer with everything that is known of it here.</summary>
/// <param name="Delivery">The destination's transaction, once it was seen.</param>
/// <param name="SubmittedTransaction">What an executor of this organisation has in flight, or had.</param>
/// <param name="Return">Where in the reverse lane its amount travels back, once it was refunded.</param>
/// <param name="Halt">Why its lane stands still, if it does.</param>
public sealed record TransferView(
    Hash32 MessageId, Lane Lane, Sequence Sequence, Message Message, TransferStatus Status, SourceView Source, AttestationView Attestation,
    DeliveryView? Delivery, Hash32? SubmittedTransaction, DeferralView? Deferral, Sequence? Return, Halt? Halt, AssetRow? SourceAsset,
    AssetRow? DestinationAsset, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public Hash32 LaneId { get; init; }

    /// <summary>The Bridge that delivers; null while the destination's validator set is not known here.</summary>
    public Address? DestinationBridge { get; init; }

    /// <summary>The message's exact bytes.</summary>
    public byte[] Wire { get; init; } = [];
}

/// <param name="Head">The last block of the source that was read here.</param>
/// <param name="Finalized">The last final one; null before there is any.</param>
public sealed record SourceView(BlockRef Block, DateTimeOffset Time, Hash32 Transaction, uint LogIndex, ulong Head, ulong? Finalized);

/// <param name="Signers">Members whose attestation covers this message, by the highest checkpoint at or above it that has most signatures.</param>
/// <param name="Need">The threshold; null while the destination's validator set is not known here.</param>
/// <param name="Members">Everybody who may sign in this epoch; empty while that is not known here.</param>
/// <param name="Excluded">Members that were caught signing two rolling hashes at one sequence, or a foreign one: they count no more.</param>
public sealed record AttestationView(IReadOnlyList<Address> Signers, int? Need, Epoch? Epoch, IReadOnlyList<Address> Members, IReadOnlyList<Address> Excluded)
{
    /// <summary>Who could still sign and has not.</summary>
    public IEnumerable<Address> Missing => Members.Except(Signers).Except(Excluded);
}

public sealed record DeliveryView(Hash32 Transaction, BlockRef Block, DateTimeOffset Time, Address? Deliverer, bool Final);

/// <summary>The effect that did not take place when the message was delivered.</summary>
/// <param name="Reason">What the failed effect returned.</param>
/// <param name="RetryAt">Before when no retry can work, as the destination said; null if it did not say.</param>
public sealed record DeferralView(byte[] Reason, DateTimeOffset At, DateTimeOffset? RetryAt);

/// <summary>One change of a transfer's status.</summary>
/// <param name="Id">Grows with every change of this transfer.</param>
public sealed record TransitionView(long Id, DateTimeOffset At, string Event, string? From, string To, string? Detail);

/// <summary>How a list is ordered; always the greatest first.</summary>
public enum TransferSort
{
    CreatedAt,
    UpdatedAt,
    Amount,
}

/// <summary>What to list; null means any.</summary>
/// <param name="Account">As sender or as recipient.</param>
/// <param name="Chain">As source or as destination.</param>
public sealed record TransferFilter(
    Address? Account = null, Address? Sender = null, Address? Recipient = null, ChainId? Source = null, ChainId? Destination = null,
    ChainId? Chain = null, AssetId? Asset = null, IReadOnlyList<TransferStatus>? Statuses = null)
{
    /// <summary>Of the transaction on either chain.</summary>
    public Hash32? Transaction { get; init; }

    /// <summary>Whose signature covers the transfer.</summary>
    public Address? Validator { get; init; }

    /// <summary>Who delivered it.</summary>
    public Address? Executor { get; init; }

    /// <summary>Base units, the fee included.</summary>
    public UInt128? MinAmount { get; init; }

    /// <summary>Seen here at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Seen here before this time.</summary>
    public DateTimeOffset? To { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <summary>True: only what waits for a time or for operators. False: only what does not.</summary>
    public bool? Held { get; init; }

    public TransferSort Sort { get; init; }
}

/// <summary>Where a page ends: the next one begins behind it, however many transfers came in the meantime.</summary>
/// <param name="Position">By what the list is sorted: base units, or microseconds since 1970.</param>
public readonly record struct PageKey(UInt128 Position, Hash32 MessageId);

/// <param name="Next">Null on the last page.</param>
public sealed record TransferPage(IReadOnlyList<TransferView> Transfers, PageKey? Next);
