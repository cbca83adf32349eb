namespace Bridge.Core;

/// <summary>Where one of a submission's transactions was mined.</summary>
/// <param name="Effective">It delivered. A reverted one did not, nor did one that only frees the nonce.</param>
public readonly record struct Inclusion(ulong Height, bool Effective);

/// <summary>What is known of an open submission when it is looked at.</summary>
public readonly record struct SubmissionView
{
    /// <summary>A nonce of the account is set aside for it.</summary>
    public bool Reserved { get; init; }

    /// <summary>A signed transaction is in the journal.</summary>
    public bool Signed { get; init; }

    /// <summary>Of one of its transactions, if any was mined.</summary>
    public Inclusion? Inclusion { get; init; }

    /// <summary>The destination's final block.</summary>
    public ulong FinalHeight { get; init; }

    /// <summary>The account's transaction count is past this nonce: at the latest block, and at the final one.</summary>
    public bool NonceUsed { get; init; }
    public bool NonceUsedFinally { get; init; }

    /// <summary>An endpoint knows one of its transactions, mined or not.</summary>
    public bool Known { get; init; }

    /// <summary>The lane has moved past its first message: it can only revert.</summary>
    public bool Overtaken { get; init; }

    /// <summary>A later nonce of the account is signed and waits for this one.</summary>
    public bool HoldsUpOthers { get; init; }

    /// <summary>Somebody else used the account's key: nothing is signed or sent for it.</summary>
    public bool Quarantined { get; init; }

    /// <summary>What an operator asks to be done with it: Replace or Cancel; null for nothing.</summary>
    public SubmissionAction? Asked { get; init; }

    /// <summary>Since the journal last wrote of a change: signed, sent, mined, or thrown out of its block.</summary>
    public TimeSpan Age { get; init; }
}

public enum SubmissionAction
{
    /// <summary>Nothing is to be done now. What is not signed yet is taken up again by the next plan, with the same nonce.</summary>
    Wait,

    /// <summary>Nothing was signed and nothing needs its nonce: close it.</summary>
    Abandon,
    Rebroadcast,
    Replace,

    /// <summary>Spend its nonce on a payment of nothing to itself: what it delivers is delivered, or others wait behind it.</summary>
    Cancel,
    MarkMined,

    /// <summary>Mined without effect, not final yet: its messages may be planned anew, its nonce stays its own.</summary>
    MarkVoid,
    Finish,
    Fail,

    /// <summary>Its nonce seems to have gone to a transaction that is not in the journal: stop using the account, and keep looking.</summary>
    Suspect,

    /// <summary>That transaction is final.</summary>
    GiveUp,
}

/// <summary>The executor's decision about a submission. A nonce is kept as long as an old transaction of it can still be mined.</summary>
public static class SubmissionPlan
{
    /// <summary>After so many times the patience, a nonce that is spent for good and a transaction that is known are taken to belong together.</summary>
    private const int WithoutReceipt = 4;

    /// <param name="patience">How long a transaction may stay unmined before it is replaced, and an inexplicable nonce unexplained.</param>
    public static SubmissionAction Decide(SubmissionView view, TimeSpan patience)
    {
        if (view.Inclusion is { } mined) return Included(mined, view.FinalHeight);
        var old = view.Age >= patience;
        return view switch
        {
            { Signed: false } => Unsigned(view, old),
            // Endpoints may show the count before the receipt, so a used nonce is believed only after a while.
            { NonceUsed: true } or { NonceUsedFinally: true } => old ? Unexplained(view, patience) : SubmissionAction.Wait,
            { Quarantined: true } => SubmissionAction.Wait,
            { Asked: SubmissionAction.Cancel } or { Asked: SubmissionAction.Replace, Overtaken: true } => SubmissionAction.Cancel,
            { Asked: SubmissionAction.Replace } => SubmissionAction.Replace,
            _ when !old => view.Known ? SubmissionAction.Wait : SubmissionAction.Rebroadcast,
            { Overtaken: true } => SubmissionAction.Cancel,
            _ => SubmissionAction.Replace,
        };
    }

    private static SubmissionAction Included(Inclusion mined, ulong finalHeight) => (mined.Effective, mined.Height <= finalHeight) switch
    {
        (true, true) => SubmissionAction.Finish,
        (true, false) => SubmissionAction.MarkMined,
        (false, true) => SubmissionAction.Fail,
        (false, false) => SubmissionAction.MarkVoid,
    };

    private static SubmissionAction Unsigned(SubmissionView view, bool old) => view switch
    {
        { NonceUsed: true } => SubmissionAction.Abandon,
        { Reserved: true, HoldsUpOthers: true } when view.Overtaken || old => view.Quarantined ? SubmissionAction.Wait : SubmissionAction.Cancel,
        { Overtaken: true, HoldsUpOthers: false } or { Overtaken: true, Reserved: false } => SubmissionAction.Abandon,
        _ => SubmissionAction.Wait,
    };

    private static SubmissionAction Unexplained(SubmissionView view, TimeSpan patience) => view switch
    {
        // Known and its nonce spent: it was mined, and the endpoints keep the receipt back. Had it delivered, the watcher would have said so.
        { Known: true } => view.NonceUsedFinally && view.Age >= WithoutReceipt * patience ? SubmissionAction.Fail : SubmissionAction.Wait,
        { NonceUsedFinally: true } => SubmissionAction.GiveUp,
        _ => SubmissionAction.Suspect,
    };
}
