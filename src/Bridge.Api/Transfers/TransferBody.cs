namespace Bridge.Api.Transfers;

/// <summary>A transfer as the API shows it. Chains are CAIP-2, amounts decimal strings in base units, times UTC with microseconds.</summary>
/// <param name="TransferId">The message id: the lane's rolling hash at its sequence.</param>
/// <param name="Reason">Why it waits, in words; absent when it does not.</param>
public sealed record TransferBody(
    string TransferId, string Lane, string Sequence, string Status, string Stage, string? Reason, NextActionBody NextAction, SourceBody Source,
    AttestationBody Attestation, DestinationBody Destination, AmountBody Fee, string CreatedAt, string UpdatedAt, LinksBody Links);

/// <param name="Kind">none, wait or claim.</param>
/// <param name="By">Who can act.</param>
public sealed record NextActionBody(string Kind, string? By);

/// <summary>Base units as a decimal string.</summary>
public sealed record AmountBody(string AssetId, string Amount, string? Token, string? Symbol, int? Decimals);

/// <param name="Confirmations">Blocks from the transfer's to the last one read, both counted.</param>
public sealed record SourceBody(
    string Chain, string Sender, AmountBody Amount, string TxHash, long LogIndex, string Block, string BlockHash, string Timestamp, string Confirmations, bool Final);

/// <param name="Have">Members whose signature covers this transfer.</param>
/// <param name="Need">The threshold.</param>
public sealed record AttestationBody(int Have, int? Need, string? Epoch, IReadOnlyList<string> Validators);

public sealed record DestinationBody(
    string Chain, string Recipient, AmountBody Amount, string? TxHash, string? Block, string? Timestamp, string? Executor, bool Final);

public sealed record LinksBody(string Self, string Events);

public sealed record TransferListBody(IReadOnlyList<TransferBody> Transfers, string? Next);

public sealed record TransitionBody(string At, string Event, string? From, string To, string? Detail);
