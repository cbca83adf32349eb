using Bridge.Core;

namespace Bridge.Store;

public enum RequestKind
{
    /// <summary>Offer more for a transaction that waits, at its nonce.</summary>
    Bump,

    /// <summary>Spend the nonce of a transaction that waits on nothing.</summary>
    Cancel,

    /// <summary>Attest to the checkpoint at the end of a message's block.</summary>
    Attest,
}

public enum RequestOutcome
{
    Done,
    Refused,

    /// <summary>By whoever asked, before a node took it up.</summary>
    Withdrawn,
}

/// <summary>What an operator asks of a running node.</summary>
/// <param name="Submission">Of a bump and a cancellation.</param>
/// <param name="Message">Of an attestation.</param>
public sealed record OperatorRequest(long Id, RequestKind Kind, Guid? Submission, Hash32? Message);

/// <summary>How a request ended, in words.</summary>
public sealed record SettledRequest(RequestOutcome Outcome, string Detail);
