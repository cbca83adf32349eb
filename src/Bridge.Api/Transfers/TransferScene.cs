using Bridge.Api.Directory;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>A transfer beside what else is known at this moment: pauses, limits, and how long the lane's last transfers took.</summary>
internal sealed record TransferScene(TransferView View, DirectorySnapshot Directory, ArrivalTimes? Times, DateTimeOffset Now)
{
    public DeferralCause? Cause { get; } = View.Deferral is { } deferral ? DeferralCause.Read(deferral.Reason) : null;

    /// <summary>Until when a deferred one cannot be retried; null once it can.</summary>
    public DateTimeOffset? RetryAt => View.Deferral?.RetryAt is { } at && at > Now ? at : null;

    /// <summary>Until when its destination delivers nothing; null while it does.</summary>
    public DateTimeOffset? PausedUntil
    {
        get
        {
            DateTimeOffset?[] pauses = [Directory.Chain(View.Lane.Destination)?.PausedUntil, Directory.End(View.Lane.Destination, View.Lane.Source)?.PausedUntil];
            return pauses.Where(until => until > Now).Max();
        }
    }

    public bool IsUnderway => View.Status is TransferStatus.Observed or TransferStatus.Finalized or TransferStatus.Certified or TransferStatus.Submitted;

    /// <summary>What holds it back at this moment, and until when if that is known; null while nothing does.</summary>
    public (string Reason, DateTimeOffset? ReleaseAt)? Hold => View.Status switch
    {
        TransferStatus.Deferred when RetryAt is { } at => (Cause?.Hold ?? "RATE_LIMIT", at),
        _ when !IsUnderway => null,
        _ when View.Halt is not null => (HoldReasons.ChainHalted, null),
        _ when PausedUntil is { } until => (HoldReasons.LanePaused, until),
        _ => null,
    };
}
