namespace Bridge.Api.Transfers;

/// <summary>A transfer as the API shows it. Chains are CAIP-2, amounts decimal strings in base units, times UTC with microseconds.</summary>
/// <param name="TransferId">The message id: the lane's rolling hash at its sequence.</param>
/// <param name="Reason">Why it waits, in words; absent when it does not.</param>
/// <param name="Hold">Until when it is held back, where that is known; absent when nothing holds it.</param>
/// <param name="Failure">What its effect answered when it was delivered; absent when it took effect at once.</param>
/// <param name="Eta">When it arrives if it goes as the lane's last ones did; absent when it has, or is held.</param>
public sealed record TransferBody(
    string TransferId, string Lane, string Sequence, string Status, string Stage, string? Reason, NextActionBody NextAction, HoldBody? Hold, FailureBody? Failure,
    ArrivalBody? Eta, SourceBody Source, AttestationBody Attestation, DestinationBody Destination, AmountBody Fee, string CreatedAt, string UpdatedAt, LinksBody Links);

/// <param name="Kind">none, wait, claim or refund.</param>
/// <param name="By">Who can act: anyone, operator, or an account.</param>
/// <param name="From">From when on it works; absent if it does now.</param>
/// <param name="Call">The transaction to send; in lists it is left out.</param>
/// <param name="Alternative">What else can be done.</param>
public sealed record NextActionBody(string Kind, string? By, string? From = null, CallBody? Call = null, NextActionBody? Alternative = null);

/// <param name="Chain">Where to send it.</param>
/// <param name="Value">Of the chain's coin, in wei.</param>
/// <param name="Describe">What it does, in words.</param>
public sealed record CallBody(string Chain, string To, string Data, string Value, string Describe);

/// <param name="Reason">RATE_LIMIT, LARGE_TRANSFER, ASSET_PAUSED, LANE_PAUSED or CHAIN_HALTED.</param>
/// <param name="ReleaseAt">When it goes on at the earliest; absent where people decide.</param>
public sealed record HoldBody(string Reason, string? ReleaseAt);

/// <param name="Code">The error's name, or UNKNOWN.</param>
public sealed record FailureBody(string Code, string RevertData, string Decoded);

/// <param name="At">By the median of the lane's last transfers.</param>
/// <param name="P95">By the slowest twentieth of them.</param>
public sealed record ArrivalBody(string At, string P95);

/// <summary>Base units as a decimal string.</summary>
public sealed record AmountBody(string AssetId, string Amount, string? Token, string? Symbol, int? Decimals);

/// <param name="Confirmations">Blocks from the transfer's to the last one read, both counted; absent once the block is final.</param>
public sealed record SourceBody(
    string Chain, string Sender, AmountBody Amount, string TxHash, long LogIndex, string Block, string BlockHash, string Timestamp, string? Confirmations, bool Final);

/// <param name="Have">Members whose signature covers this transfer.</param>
/// <param name="Need">The threshold.</param>
public sealed record AttestationBody(int Have, int? Need, string? Epoch, IReadOnlyList<string> Validators);

public sealed record DestinationBody(
    string Chain, string Recipient, AmountBody Amount, string? TxHash, string? Block, string? Timestamp, string? Executor, bool Final);

public sealed record LinksBody(string Self, string Events, string Attestation);

public sealed record TransferListBody(IReadOnlyList<TransferBody> Transfers, string? Next);

/// <param name="Id">Grows with every change; a stream goes on behind it when it comes as Last-Event-ID.</param>
public sealed record TransitionBody(string Id, string At, string Event, string? From, string To, string? Detail);
