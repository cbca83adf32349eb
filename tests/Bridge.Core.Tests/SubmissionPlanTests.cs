namespace Bridge.Core.Tests;

public class SubmissionPlanTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(16);

    private static readonly SubmissionView Pending = new() { Reserved = true, Signed = true, FinalHeight = 100, Known = true, Age = TimeSpan.FromSeconds(3) };
    private static readonly SubmissionView Unsigned = new() { FinalHeight = 100, Age = TimeSpan.FromSeconds(3) };

    [Fact]
    public void An_intent_waits_for_the_next_plan_and_is_closed_once_somebody_else_delivered()
    {
        Decide(Unsigned).ShouldBe(SubmissionAction.Wait);
        Decide(Unsigned with { Age = Old }).ShouldBe(SubmissionAction.Wait);
        Decide(Unsigned with { Overtaken = true }).ShouldBe(SubmissionAction.Abandon);
    }

    [Fact]
    public void A_reserved_nonce_that_others_wait_behind_is_filled()
    {
        var reserved = Unsigned with { Reserved = true };
        Decide(reserved with { Age = Old }).ShouldBe(SubmissionAction.Wait);
        Decide(reserved with { Overtaken = true }).ShouldBe(SubmissionAction.Abandon);
        Decide(reserved with { HoldsUpOthers = true }).ShouldBe(SubmissionAction.Wait);
        Decide(reserved with { HoldsUpOthers = true, Age = Old }).ShouldBe(SubmissionAction.Cancel);
        Decide(reserved with { HoldsUpOthers = true, Overtaken = true }).ShouldBe(SubmissionAction.Cancel);
        Decide(reserved with { HoldsUpOthers = true, Overtaken = true, Quarantined = true }).ShouldBe(SubmissionAction.Wait);
        Decide(reserved with { NonceUsed = true }).ShouldBe(SubmissionAction.Abandon);
    }

    [Fact]
    public void A_young_transaction_in_the_pool_is_waited_for() => Decide(Pending).ShouldBe(SubmissionAction.Wait);

    [Fact]
    public void An_old_transaction_in_the_pool_is_replaced() => Decide(Pending with { Age = Old }).ShouldBe(SubmissionAction.Replace);

    [Fact]
    public void An_old_transaction_that_can_only_revert_is_replaced_by_nothing() =>
        Decide(Pending with { Age = Old, Overtaken = true }).ShouldBe(SubmissionAction.Cancel);

    [Fact]
    public void A_transaction_that_no_endpoint_knows_is_sent_again_as_it_is_and_pays_more_only_later()
    {
        Decide(Pending with { Known = false }).ShouldBe(SubmissionAction.Rebroadcast);
        Decide(Pending with { Known = false, Age = Old }).ShouldBe(SubmissionAction.Replace);
    }

    [Fact]
    public void A_mined_transaction_is_done_only_when_its_block_is_final()
    {
        Decide(Pending with { Inclusion = new Inclusion(101, true) }).ShouldBe(SubmissionAction.MarkMined);
        Decide(Pending with { Inclusion = new Inclusion(100, true) }).ShouldBe(SubmissionAction.Finish);
    }

    [Fact]
    public void A_transaction_without_effect_has_failed_only_when_its_block_is_final()
    {
        Decide(Pending with { Inclusion = new Inclusion(101, false) }).ShouldBe(SubmissionAction.MarkVoid);
        Decide(Pending with { Inclusion = new Inclusion(50, false) }).ShouldBe(SubmissionAction.Fail);
    }

    [Fact]
    public void A_used_nonce_without_a_receipt_is_believed_only_after_a_while()
    {
        var used = Pending with { NonceUsed = true, Known = false };
        Decide(used).ShouldBe(SubmissionAction.Wait);
        Decide(used with { Age = Old }).ShouldBe(SubmissionAction.Suspect);
        Decide(used with { NonceUsedFinally = true }).ShouldBe(SubmissionAction.Wait);
        Decide(used with { NonceUsedFinally = true, Age = Old }).ShouldBe(SubmissionAction.GiveUp);
    }

    [Fact]
    public void A_known_transaction_whose_receipt_never_comes_is_ours_and_had_no_effect()
    {
        var kept = Pending with { NonceUsed = true, NonceUsedFinally = true };
        Decide(kept with { Age = Old }).ShouldBe(SubmissionAction.Wait);
        Decide(kept with { Age = 4 * Patience }).ShouldBe(SubmissionAction.Fail);
        Decide(kept with { Age = 4 * Patience, NonceUsedFinally = false }).ShouldBe(SubmissionAction.Wait);
    }

    [Fact]
    public void Nothing_is_signed_or_sent_for_an_account_in_quarantine()
    {
        foreach (var known in new[] { true, false })
            foreach (var age in new[] { TimeSpan.Zero, Old })
                Decide(Pending with { Quarantined = true, Known = known, Age = age, Overtaken = known }).ShouldBe(SubmissionAction.Wait);
        Decide(Pending with { Quarantined = true, Inclusion = new Inclusion(100, true) }).ShouldBe(SubmissionAction.Finish);
    }

    [Fact]
    public void An_operator_s_request_is_followed_at_once_but_never_past_what_is_known_of_the_nonce()
    {
        var (bump, cancel) = (Pending with { Asked = SubmissionAction.Replace }, Pending with { Asked = SubmissionAction.Cancel });
        Decide(bump).ShouldBe(SubmissionAction.Replace);
        Decide(bump with { Overtaken = true }).ShouldBe(SubmissionAction.Cancel);
        Decide(cancel).ShouldBe(SubmissionAction.Cancel);
        foreach (var asked in new[] { bump, cancel })
        {
            Decide(asked with { NonceUsed = true }).ShouldBe(SubmissionAction.Wait);
            Decide(asked with { Quarantined = true }).ShouldBe(SubmissionAction.Wait);
            Decide(asked with { Signed = false }).ShouldBe(SubmissionAction.Wait);
            Decide(asked with { Inclusion = new Inclusion(101, true) }).ShouldBe(SubmissionAction.MarkMined);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(6, 480)]
    [InlineData(7, 600)]
    [InlineData(1000, 600)]
    public void What_failed_is_left_alone_twice_as_long_each_time(int failures, int seconds) =>
        RetryDelay.After(failures, Patience).ShouldBe(TimeSpan.FromSeconds(seconds));

    private static SubmissionAction Decide(SubmissionView view) => SubmissionPlan.Decide(view, Patience);
}
