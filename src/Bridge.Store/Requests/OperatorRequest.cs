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
/// <param name="Entry">Of a bump and a cancellation: the submission of an executor's journal, or the errand of a submitter's.</param>
/// <param name="Message">Of an attestation.</param>
public sealed record OperatorRequest(long Id, RequestKind Kind, Guid? Entry, Hash32? Message);

/// <summary>What is asked about: exactly one of them.</summary>
public readonly record struct RequestSubject(Guid? Submission = null, Guid? Errand = null, Hash32? Message = null);

/// <summary>How a request ended, in words.</summary>
public sealed record SettledRequest(RequestOutcome Outcome, string Detail);
