namespace Bridge.Client;

/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record TransferPage(IReadOnlyList<Transfer> Transfers, string? Next);

/// <param name="TransferId">The message id: the lane's rolling hash at its sequence.</param>
/// <param name="Lane">Both chain ids with a hyphen between them.</param>
/// <param name="Status">PENDING, HELD, ACTION_REQUIRED, DONE, REFUNDED or FAILED.</param>
/// <param name="Stage">How far it came, or what holds it.</param>
/// <param name="Reason">Why it waits, in words; null when it does not.</param>
/// <param name="Hold">Null when nothing holds it.</param>
/// <param name="Failure">What its effect answered when it was delivered; null when it took effect at once.</param>
/// <param name="Eta">Null when it has arrived, or is held.</param>
public sealed record Transfer(
    string TransferId, string Lane, ulong Sequence, string Status, string Stage, string? Reason, NextAction NextAction, Hold? Hold, TransferFailure? Failure,
    Arrival? Eta, TransferSource Source, Signatures Attestation, TransferDestination Destination, AssetAmount Fee, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, TransferLinks Links)
{
    /// <summary>Nothing more will happen to it.</summary>
    public bool IsOver => TransferStatus.IsOver(Status);
}

/// <summary>The words of <see cref="Transfer.Status"/>.</summary>
public static class TransferStatus
{
    public const string Pending = "PENDING", Held = "HELD", ActionRequired = "ACTION_REQUIRED", Done = "DONE", Refunded = "REFUNDED", Failed = "FAILED";

    /// <summary>A failed one was undone by its source chain and may be mined again.</summary>
    public static bool IsOver(string status) => status is Done or Refunded;
}

/// <param name="Kind">none, wait, claim or refund.</param>
/// <param name="By">Who can act: anyone, operator, or an account.</param>
/// <param name="From">From when on it works; null if it does now.</param>
/// <param name="Call">The transaction to send; in lists it is left out.</param>
/// <param name="Alternative">What else can be done.</param>
public sealed record NextAction(string Kind, string? By, DateTimeOffset? From, ContractCall? Call, NextAction? Alternative);

/// <summary>A transaction that anybody can send.</summary>
/// <param name="Value">Of the chain's coin, in wei.</param>
/// <param name="Describe">What it does, in words.</param>
public sealed record ContractCall(string Chain, string To, string Data, UInt128 Value, string Describe);

/// <param name="Reason">RATE_LIMIT, LARGE_TRANSFER, ASSET_PAUSED, LANE_PAUSED or CHAIN_HALTED.</param>
/// <param name="ReleaseAt">When it goes on at the earliest; null where people decide.</param>
public sealed record Hold(string Reason, DateTimeOffset? ReleaseAt);

/// <param name="Code">The error's name, or UNKNOWN.</param>
public sealed record TransferFailure(string Code, string RevertData, string Decoded);

/// <param name="At">By the median of the lane's last transfers.</param>
/// <param name="P95">By the slowest twentieth of them.</param>
public sealed record Arrival(DateTimeOffset At, DateTimeOffset P95);

/// <param name="Amount">Base units.</param>
public sealed record AssetAmount(string AssetId, UInt128 Amount, string? Token, string? Symbol, int? Decimals);

/// <param name="Confirmations">Blocks from the transfer's to the last one read, both counted; null once the block is final.</param>
public sealed record TransferSource(
    string Chain, string Sender, AssetAmount Amount, string TxHash, long LogIndex, ulong Block, string BlockHash, DateTimeOffset Timestamp, ulong? Confirmations, bool Final);

/// <param name="Have">Members whose signature covers the transfer.</param>
/// <param name="Need">The threshold.</param>
public sealed record Signatures(int Have, int? Need, ulong? Epoch, IReadOnlyList<string> Validators);

/// <param name="TxHash">Of the delivery, once one was sent.</param>
public sealed record TransferDestination(
    string Chain, string Recipient, AssetAmount Amount, string? TxHash, ulong? Block, DateTimeOffset? Timestamp, string? Executor, bool Final);

public sealed record TransferLinks(string Self, string Events, string Attestation);

/// <summary>One change of a transfer, as the list of its events has it.</summary>
/// <param name="Id">Grows with every change.</param>
public sealed record Transition(string Id, DateTimeOffset At, string Event, string? From, string To, string? Detail);

/// <summary>What came of a quote: the transaction that was sent, or the signature to be submitted. One of the two.</summary>
/// <param name="TxHash">0x and 64 hex digits, on the source chain.</param>
/// <param name="Signature">0x and the signature over the route's typed data; of a contract's account whatever it takes (ERC-1271, ERC-6492).</param>
public sealed record TransferSubmission(string QuoteId, string RouteId, string? TxHash = null, string? Signature = null);

/// <param name="Status">REGISTERED, or an intent's status.</param>
/// <param name="Follow">The path at which to follow it.</param>
public sealed record Submitted(string Status, string? IntentId, string Follow);

/// <summary>A signed transfer, or a retry, on its way to its chain.</summary>
/// <param name="Status">ACCEPTED, SUBMITTED, INCLUDED, FINAL, REFUSED or FAILED.</param>
/// <param name="Reason">Why it waits or will not be done.</param>
/// <param name="TransferId">Once it was included: follow the transfer from then on.</param>
public sealed record Intent(
    string IntentId, string Kind, string Status, string? Reason, string Chain, string? TxHash, string? TransferId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IntentLinks Links);

public sealed record IntentLinks(string Self, string? Transfer);

/// <param name="Action">driven: whoever could move it on looks at it now. retrying: a submitter retries it on its destination.</param>
/// <param name="Reason">What it waits for.</param>
/// <param name="Call">How anyone can do it without the API.</param>
public sealed record Retry(string TransferId, string Action, string? IntentId, string? Reason, RetryCall? Call);

public sealed record RetryCall(string Chain, string To, string Data);
