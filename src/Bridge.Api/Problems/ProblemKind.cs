namespace Bridge.Api.Problems;

/// <summary>One kind of error: what a program matches on, and what a person does about it.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Playbook">What it means and what to do.</param>
public sealed record ProblemKind(string Code, int Status, string Title, bool Retryable, string Playbook)
{
    public static readonly ProblemKind ValidationFailed = new("VALIDATION_FAILED", 400, "The request is not valid", false,
        "A field is missing, malformed or unknown. The detail names it. Mend the request; sending it again unchanged gives the same answer.");

    public static readonly ProblemKind TransferNotIndexed = new("TRANSFER_NOT_INDEXED", 404, "No such transfer is known here", true,
        "Either the id is wrong, or its block has not been read yet. Compare indexedTo, the last block read of each chain, with the block of your transaction: at or below it, the transfer does not exist.");

    public static readonly ProblemKind NotSignedYet = new("NOT_SIGNED_YET", 404, "No validator has signed over this transfer yet", true,
        "Validators sign what is final on its source chain. The detail says what it waits for; ask again later, or follow the transfer's event stream.");

    public static readonly ProblemKind NotFound = new("NOT_FOUND", 404, "There is nothing at this path", false, "Look the path up in /openapi/v1.json.");

    public static readonly ProblemKind AmbiguousTransaction = new("AMBIGUOUS_TRANSACTION", 409, "The transaction carries several transfers", false,
        "Ask again with ?logIndex= of the transfer's MessageSent log, or by one of the transfers' own ids. The detail lists them.");

    public static readonly ProblemKind UnsupportedLane = new("UNSUPPORTED_LANE", 422, "There is no such lane here", false,
        "This relayer does not serve the lane, or its lane id does not belong to these chains. Compare with the Bridge's laneId view.");

    public static readonly ProblemKind ForeignEpoch = new("FOREIGN_EPOCH", 422, "The attestation is for another validator set", true,
        "Attestations count toward one epoch of the destination's validator set. Read epoch() on the destination and sign again.");

    public static readonly ProblemKind SignatureInvalid = new("SIGNATURE_INVALID", 422, "The signature is not valid", false,
        "No key made this 64-byte signature (EIP-2098, low s) over the checkpoint's EIP-712 digest.");

    public static readonly ProblemKind NotAMember = new("NOT_A_MEMBER", 422, "The signer is not a validator", false,
        "The recovered signer is not in the destination's validator set. Either the wrong key signed, or it signed other values than the ones sent.");

    public static readonly ProblemKind ForeignHash = new("FOREIGN_ROLLING_HASH", 409, "The rolling hash is not the lane's", false,
        "A validator signed a rolling hash that differs from the lane's final one at this sequence. The attestation is kept as evidence and never counts. The validator should check its endpoints at once.");

    public static readonly ProblemKind IntakeFull = new("INTAKE_FULL", 429, "Too many of the signer's attestations wait", true,
        "Each signer has a quota of attestations that are not judged yet. Nothing was stored; hand it in again once the relayer has judged some.");

    public static readonly ProblemKind RateLimited = new("RATE_LIMITED", 429, "Too many requests", true,
        "Each client has a quota that fills again steadily: RateLimit tells what is left, Retry-After when the next request passes. Nobody is shut out for longer. To follow a transfer, use its event stream or Prefer: wait instead of asking again and again.");

    public static readonly ProblemKind TooManyStreams = new("TOO_MANY_STREAMS", 429, "Too many streams at once", true,
        "A client may hold a number of streams and long polls open at a time. One stream at /v1/stream, filtered by account, follows any number of transfers.");

    public static readonly ProblemKind ForeignOrigin = new("FOREIGN_ORIGIN", 403, "Pages of this origin may not read the answer", false,
        "A browser opened a WebSocket for a page of another origin. The API's operator lists the origins whose pages may do that, in Bridge:Api:CorsOrigins.");

    public static readonly ProblemKind Busy = new("BUSY", 503, "Too many such questions at once", true,
        "Lists and searches read many rows, so only a few are answered at the same time. Try again in a few seconds; single transfers are not concerned.");

    public static readonly ProblemKind TooExpensive = new("QUERY_TOO_EXPENSIVE", 422, "The question takes too long to answer", true,
        "The database gave up after five seconds. Narrow it: an account, a lane, or a shorter range of time. Under less load the same question may pass.");

    public static readonly ProblemKind Unavailable = new("UNAVAILABLE", 503, "The relayer cannot answer now", true,
        "It has not read the destination's validator set yet, or its database is away. Try again in a few seconds.");

    public static readonly ProblemKind Internal = new("INTERNAL", 500, "Something went wrong here", true,
        "Try again; if it stays, give the operator the traceId.");

    public static readonly IReadOnlyList<ProblemKind> All =
    [
        ValidationFailed, TransferNotIndexed, NotSignedYet, NotFound, AmbiguousTransaction, UnsupportedLane, ForeignEpoch, SignatureInvalid, NotAMember,
        ForeignHash, IntakeFull, RateLimited, TooManyStreams, ForeignOrigin, Busy, TooExpensive, Unavailable, Internal, .. WriteProblems.All, .. AuditLog.LogProblems.All, .. Compliance.ComplianceProblems.All,
    ];
}
