namespace Bridge.Api.Submissions;

/// <summary>What came of a quote: the transaction that was sent, or the signature to be submitted. One of the two.</summary>
/// <param name="TxHash">0x and 64 hex digits, on the source chain.</param>
/// <param name="Signature">0x and the signature over the route's typed data; of a contract's account whatever it takes (ERC-1271, ERC-6492).</param>
public sealed record SubmitTransferBody(string? QuoteId, string? RouteId, string? TxHash = null, string? Signature = null);

/// <param name="Status">registered, or an intent's status.</param>
public sealed record SubmittedBody(string Status, string? IntentId, string Follow);

/// <summary>A signed transfer on its way to the source chain.</summary>
/// <param name="Status">ACCEPTED, SUBMITTED, INCLUDED, FINAL, REFUSED or FAILED.</param>
/// <param name="Reason">Why it waits or will not be done.</param>
/// <param name="TransferId">Once it was included: follow the transfer from then on.</param>
public sealed record IntentBody(
    string IntentId, string Kind, string Status, string? Reason, string Chain, string? TxHash, string? TransferId, string CreatedAt, string UpdatedAt, IntentLinksBody Links);

public sealed record IntentLinksBody(string Self, string? Transfer);

/// <param name="Action">driven: whoever could move it on looks at it now. retrying: a submitter retries it on its destination.</param>
/// <param name="Reason">What it waits for.</param>
/// <param name="Call">How anyone can do it without us.</param>
public sealed record RetryBody(string TransferId, string Action, string? IntentId, string? Reason, RetryCallBody? Call);

public sealed record RetryCallBody(string Chain, string To, string Data);
