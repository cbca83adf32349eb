using Bridge.Relayer.Execute;

namespace Bridge.SystemTests;

public class SubmissionPlanTests
{
    private static readonly TimeSpan ResubmitAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(16);

    private static readonly SubmissionView Pending = new(Signed: true, Inclusion: null, FinalHeight: 100, NonceUsed: false, Known: true, Young);

    [Fact]
    public void An_intent_without_a_signature_is_planned_afresh() => Decide(Pending with { Signed = false }).ShouldBe(SubmissionAction.Abandon);

    [Fact]
    public void A_young_transaction_in_the_pool_is_waited_for() => Decide(Pending).ShouldBe(SubmissionAction.Wait);

    [Fact]
    public void An_old_transaction_in_the_pool_is_replaced() => Decide(Pending with { Age = Old }).ShouldBe(SubmissionAction.Replace);

    [Fact]
    public void A_transaction_that_no_endpoint_knows_is_sent_again() => Decide(Pending with { Known = false, Age = Old }).ShouldBe(SubmissionAction.Rebroadcast);

    [Fact]
    public void A_mined_transaction_is_done_only_when_its_block_is_final()
    {
        Decide(Pending with { Inclusion = new Inclusion(101, true) }).ShouldBe(SubmissionAction.MarkMined);
        Decide(Pending with { Inclusion = new Inclusion(100, true) }).ShouldBe(SubmissionAction.Finish);
    }

    [Fact]
    public void A_reverted_transaction_has_failed_however_old_it_is() => Decide(Pending with { Inclusion = new Inclusion(50, false) }).ShouldBe(SubmissionAction.Fail);

    [Fact]
    public void A_used_nonce_without_a_receipt_is_believed_only_after_a_while()
    {
        Decide(Pending with { NonceUsed = true }).ShouldBe(SubmissionAction.Wait);
        Decide(Pending with { NonceUsed = true, Known = false }).ShouldBe(SubmissionAction.Wait);
        Decide(Pending with { NonceUsed = true, Age = Old }).ShouldBe(SubmissionAction.GiveUp);
    }

    private static SubmissionAction Decide(SubmissionView view) => SubmissionPlan.Decide(view, ResubmitAfter);
}
