using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Cli;

/// <summary>One held transfer as an operator reads it.</summary>
/// <param name="Amount">Base units, the fee included.</param>
/// <param name="Until">Null where no time ends it.</param>
/// <param name="Who">Who can move it on, and how.</param>
internal sealed record HeldTransfer(Hash32 Transfer, Lane Lane, Sequence Sequence, AssetId Asset, UInt128 Amount, string Reason, DateTimeOffset? Until, string Detail, string Who)
{
    public static HeldTransfer Of(TransferView view, DirectorySnapshot directory, DateTimeOffset now)
    {
        var (reason, until, detail, who) = view switch
        {
            { Status: TransferStatus.Deferred } => Deferred(view, now),
            { Halt: { } halt } => (HoldReasons.ChainHalted, null, $"{halt.Code}: {halt.Reason}", "this organisation's operators: 'bridge lanes resume'"),
            _ => (HoldReasons.LanePaused, PausedUntil(view.Lane, directory, now), $"deliveries on chain {view.Lane.Destination} are paused", "nobody before then but the administrator: 'bridge admin unpause', or 'bridge admin lane reopen'"),
        };
        return new HeldTransfer(view.MessageId, view.Lane, view.Sequence, view.Message.Asset, view.Message.Amount, reason, until, detail, who);
    }

    private static (string, DateTimeOffset?, string, string) Deferred(TransferView view, DateTimeOffset now)
    {
        var cause = DeferralCause.Read(view.Deferral?.Reason ?? []);
        var until = view.Deferral?.RetryAt is { } at && at > now ? at : (DateTimeOffset?)null;
        var refund = view.Deferral is { } deferral && now < deferral.At + DeferralCause.RefundDelay ? $"{view.Message.Recipient} can send it back, and anyone from {deferral.At + DeferralCause.RefundDelay:u} on" : "anyone can send it back";
        return (cause.Hold ?? cause.Code, until, cause.Text, $"anyone can retry it{(until is null ? "" : " from then on")}: 'bridge hold release'; {refund}");
    }

    private static DateTimeOffset? PausedUntil(Lane lane, DirectorySnapshot directory, DateTimeOffset now) =>
        new[] { directory.Chain(lane.Destination)?.PausedUntil, directory.End(lane.Destination, lane.Source)?.PausedUntil }.Where(until => until > now).Max();
}
