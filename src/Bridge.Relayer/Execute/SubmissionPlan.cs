namespace Bridge.Relayer.Execute;

/// <summary>What is known of an open submission when it is looked at.</summary>
/// <param name="Signed">A signed transaction is in the journal.</param>
/// <param name="Inclusion">Where one of its transactions was mined, if any was.</param>
/// <param name="FinalHeight">The destination's final block.</param>
/// <param name="NonceUsed">The account's transaction count is past this submission's nonce.</param>
/// <param name="Known">An endpoint knows one of its transactions, mined or not.</param>
/// <param name="Age">Since the last attempt was signed.</param>
public readonly record struct SubmissionView(bool Signed, Inclusion? Inclusion, ulong FinalHeight, bool NonceUsed, bool Known, TimeSpan Age);

public readonly record struct Inclusion(ulong Height, bool Succeeded);

public enum SubmissionAction
{
    /// <summary>Nothing was signed yet: drop the intent and plan afresh from the chain.</summary>
    Abandon,
    Wait,
    Rebroadcast,
    Replace,
    MarkMined,
    Finish,

    /// <summary>Mined without effect: usually somebody else delivered first.</summary>
    Fail,

    /// <summary>Its nonce went to a transaction that is not in the journal.</summary>
    GiveUp,
}

/// <summary>The executor's decision about a transaction in flight. The same nonce is kept as long as an old transaction can still be mined.</summary>
public static class SubmissionPlan
{
    public static SubmissionAction Decide(SubmissionView view, TimeSpan resubmitAfter) => view switch
    {
        { Signed: false } => SubmissionAction.Abandon,
        { Inclusion: { Succeeded: false } } => SubmissionAction.Fail,
        { Inclusion: { Succeeded: true } mined } => mined.Height <= view.FinalHeight ? SubmissionAction.Finish : SubmissionAction.MarkMined,
        // Endpoints may show the count before the receipt, so a used nonce is believed only after a while.
        { NonceUsed: true } => view.Age >= resubmitAfter ? SubmissionAction.GiveUp : SubmissionAction.Wait,
        { Known: false } => SubmissionAction.Rebroadcast,
        _ => view.Age >= resubmitAfter ? SubmissionAction.Replace : SubmissionAction.Wait,
    };
}
