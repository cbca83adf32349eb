namespace Bridge.Core.Tests;

/// <summary>
/// The executor's steps, each as small as what a crash can separate: a write to the journal, a broadcast, a look at the chain. Decisions are the
/// real ones. The reservation follows the store's statement.
/// </summary>
internal static class SubmissionModel
{
    /// <summary>Then the cap is reached, and nothing more is offered.</summary>
    private const int MostAttempts = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static SubmissionWorld Step(SubmissionWorld w) => w.Program == Program.Start && HasForeignNonce(w) && !w.Quarantined ? w with { Quarantined = true } : Do(w);

    private static SubmissionWorld Do(SubmissionWorld w) => w.Program switch
    {
        { Step: "drive", Index: var i } when i == w.Journal.Count => w with { Program = new Program("plan", 0) },
        { Step: "drive", Index: var i } when !w.Journal[i].IsOpen => Next(w),
        { Step: "drive", Index: var i } => ThrownOut(w, i) ? Mark(w, i, RowStatus.Broadcast) : w with { Program = new Program("act", i, Decide(w, i)) },
        { Step: "act", Index: var i, Action: var action } => Act(w, i, action),
        { Step: "send", Index: var i } => Send(w, i) with { Program = new Program("sent", i) },
        { Step: "sent", Index: var i } => Next(w.Journal[i] is { Status: RowStatus.Signed, Attempts: [.., 'D'] } ? Mark(w, i, RowStatus.Broadcast) : w),
        { Step: "plan", Index: var lane } when lane == w.Budget.Messages => w with { Program = Program.Start },
        { Step: "plan", Index: var lane } => Plan(w, lane),
        { Step: "reserve", Index: var i } => w.With(i, w.Journal[i] with { Nonce = w.Journal[i].Nonce >= 0 ? w.Journal[i].Nonce : FreeNonce(w), Status = RowStatus.Reserved, Old = false })
            with { Program = new Program("sign", i) },
        { Step: "sign", Index: var i } => Sign(w, i, 'D'),
        { Step: "submit", Index: var i } => Send(w, i) with { Program = new Program("submitted", i) },
        { Step: "submitted", Index: var i } => Mark(w, i, RowStatus.Broadcast) with { Program = new Program("plan", w.Journal[i].Lane + 1) },
        _ => throw new InvalidOperationException(w.Program.Step),
    };

    /// <summary>A used nonce that no row has signed with.</summary>
    private static bool HasForeignNonce(SubmissionWorld w) => Enumerable.Range(0, w.Nonce).Any(nonce =>
        !w.Journal.Any(row => row.Nonce == nonce && row.Status is not (RowStatus.Intent or RowStatus.Reserved or RowStatus.Dropped)));

    private static bool ThrownOut(SubmissionWorld w, int i) =>
        w.Journal[i].Status is RowStatus.Mined && w.Nonce <= w.Journal[i].Nonce && !w.Chain.Any(block => block.Sent.Row == i);

    private static SubmissionAction Decide(SubmissionWorld w, int i)
    {
        var row = w.Journal[i];
        var height = w.Chain.ToList().FindIndex(block => block.Sent.Row == i);
        return SubmissionPlan.Decide(new SubmissionView
        {
            Reserved = row.Nonce >= 0, Signed = row.Attempts.Length > 0, FinalHeight = (ulong)w.Final,
            Inclusion = height < 0 ? null : new Inclusion((ulong)height + 1, w.Chain[height].Effective),
            NonceUsed = row.Nonce >= 0 && w.Nonce > row.Nonce, NonceUsedFinally = row.Nonce >= 0 && w.NonceAt(w.Final) > row.Nonce,
            Known = height >= 0 || w.Pool.Any(sent => sent.Row == i), Overtaken = row.Status is RowStatus.Void || w.IsDelivered(row.Lane),
            HoldsUpOthers = row.Nonce >= 0 && w.Journal.Any(other => other.InFlight && other.Nonce > row.Nonce), Quarantined = w.Quarantined,
            Age = row.Old ? Patience : TimeSpan.Zero,
        }, Patience);
    }

    private static SubmissionWorld Act(SubmissionWorld w, int i, SubmissionAction action) => action switch
    {
        SubmissionAction.Abandon => Next(Mark(w, i, RowStatus.Dropped)),
        SubmissionAction.Rebroadcast => w with { Program = new Program("send", i) },
        SubmissionAction.Replace or SubmissionAction.Cancel when w.Journal[i].Attempts.Length < MostAttempts => Sign(w, i, action is SubmissionAction.Replace ? 'D' : 'C', "send"),
        // Above the cap: what no node has any more is sent as it was.
        SubmissionAction.Replace or SubmissionAction.Cancel => w with { Program = new Program("send", i) },
        SubmissionAction.MarkMined when w.Journal[i].Status is not (RowStatus.Mined or RowStatus.Void) => Next(Mark(w, i, RowStatus.Mined)),
        SubmissionAction.MarkVoid when w.Journal[i].Status is not RowStatus.Void => Next(Mark(w, i, RowStatus.Void)),
        SubmissionAction.Finish => Next(Mark(w, i, RowStatus.Final)),
        SubmissionAction.Fail => Next(Mark(w, i, RowStatus.Failed)),
        SubmissionAction.Suspect => Next(w with { Quarantined = true }),
        SubmissionAction.GiveUp => Next(Mark(w, i, RowStatus.Dropped) with { Quarantined = true }),
        _ => Next(w),
    };

    private static SubmissionWorld Plan(SubmissionWorld w, int lane)
    {
        var next = w with { Program = new Program("plan", lane + 1) };
        if (w.Quarantined || w.IsDelivered(lane) || w.Journal.Any(row => row.Lane == lane && row.InFlight)) return next;
        var open = w.Journal.ToList().FindIndex(row => row.Lane == lane && row.IsOpen && row.Status is not RowStatus.Void);
        if (open >= 0 && w.Journal[open].Status is not (RowStatus.Intent or RowStatus.Reserved)) return next;
        if (open >= 0) return w with { Program = new Program("reserve", open) };
        return w with { Journal = [.. w.Journal, new Row(lane, -1, "", RowStatus.Intent, false)], Program = new Program("reserve", w.Journal.Count) };
    }

    private static int FreeNonce(SubmissionWorld w)
    {
        var nonce = w.Nonce;
        while (w.Pool.Any(sent => sent.Nonce == nonce)) nonce++; // The chain's count, with what is pending.
        while (w.Journal.Any(row => row.Nonce == nonce && row.Status is not RowStatus.Dropped)) nonce++;
        return nonce;
    }

    private static SubmissionWorld Sign(SubmissionWorld w, int i, char kind, string then = "submit")
    {
        var row = w.Journal[i];
        var status = row.Status is RowStatus.Void ? RowStatus.Void : RowStatus.Signed;
        return w.With(i, row with { Attempts = row.Attempts + kind, Status = status, Old = false }) with { Program = new Program(then, i) };
    }

    /// <summary>Nodes take it unless its nonce is used. Some may still hold an older attempt.</summary>
    private static SubmissionWorld Send(SubmissionWorld w, int i)
    {
        var row = w.Journal[i];
        var sent = new Sent(i, row.Attempts.Length - 1, row.Lane, row.Nonce, row.Attempts[^1] == 'D');
        return row.Nonce < w.Nonce || w.Pool.Contains(sent) ? w : w with { Pool = [.. w.Pool, sent] };
    }

    private static SubmissionWorld Mark(SubmissionWorld w, int i, RowStatus status) => w.With(i, w.Journal[i] with { Status = status, Old = false });

    private static SubmissionWorld Next(SubmissionWorld w) => w with { Program = new Program("drive", w.Program.Index + 1) };
}
