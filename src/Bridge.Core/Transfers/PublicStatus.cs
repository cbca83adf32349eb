namespace Bridge.Core;

/// <summary>How a transfer's status is called outside: a word that a user acts on, and the stage that it is at. The API and every export say the same.</summary>
public static class PublicStatus
{
    public static readonly IReadOnlyList<string> Words = ["PENDING", "HELD", "ACTION_REQUIRED", "DONE", "REFUNDED", "FAILED"];

    /// <summary>Not delivered yet, so that a halt or a pause keeps it.</summary>
    public static readonly IReadOnlyList<TransferStatus> Underway = [TransferStatus.Observed, TransferStatus.Finalized, TransferStatus.Certified, TransferStatus.Submitted];

    /// <summary>Whether it is one of <see cref="Underway"/>.</summary>
    public static bool IsUnderway(TransferStatus status) => Underway.Contains(status);

    /// <summary>What holds it back; null while nothing does.</summary>
    /// <param name="cause">Why its effect was deferred; null where it was not.</param>
    /// <param name="retryLater">It was, and cannot be retried yet.</param>
    /// <param name="halted">Its lane is.</param>
    /// <param name="paused">Its destination delivers nothing.</param>
    public static string? Hold(TransferStatus status, DeferralCause? cause, bool retryLater, bool halted, bool paused) => status switch
    {
        TransferStatus.Deferred when retryLater => cause?.Hold ?? "RATE_LIMIT",
        _ when !IsUnderway(status) => null,
        _ when halted => HoldReasons.ChainHalted,
        _ when paused => HoldReasons.LanePaused,
        _ => null,
    };

    /// <param name="hold">As <see cref="Hold"/> says.</param>
    public static (string Status, string Stage) Of(TransferStatus status, DeferralCause? cause, string? hold) => status switch
    {
        _ when hold is not null => ("HELD", hold),
        TransferStatus.Deferred when cause?.IsRecipient == true => ("ACTION_REQUIRED", "RECIPIENT_REVERTED"),
        _ => Of(status),
    };

    /// <summary>Of a transfer that nothing holds back.</summary>
    public static (string Status, string Stage) Of(TransferStatus status) => status switch
    {
        TransferStatus.Delivered => ("DONE", "COMPLETED"),
        TransferStatus.Refunded => ("REFUNDED", "REFUNDED"),
        TransferStatus.Orphaned => ("FAILED", "SOURCE_REORGED_OUT"),
        TransferStatus.Deferred => ("ACTION_REQUIRED", "CLAIMABLE"),
        TransferStatus.Executed => ("PENDING", "EXECUTED"),
        TransferStatus.Submitted => ("PENDING", "EXECUTING"),
        TransferStatus.Certified => ("PENDING", "QUORUM_REACHED"),
        TransferStatus.Finalized => ("PENDING", "ATTESTING"),
        _ => ("PENDING", "SOURCE_INCLUDED"),
    };
}
