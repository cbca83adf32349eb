using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class SubmissionTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly GasFees Fees = new(100, 2);

    [Fact]
    public async Task One_intent_is_open_for_a_start_however_many_ask()
    {
        var (scene, account, lease) = (await Scene.FinalAsync(store, 3), Account(), await LeaseAsync());

        var intents = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => store.Submissions.IntendAsync(lease, scene.Lane, new Sequence(1), new Sequence(1 + ((ulong)n % 3)), account, default)));

        intents.Select(i => i.Id).Distinct().Count().ShouldBe(1);
        (await store.Submissions.OpenAsync(scene.Lane.Destination, account, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_reservations_give_different_nonces_without_a_gap()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 6), Account());
        var lease = await LeaseAsync();
        var intents = await Task.WhenAll(Enumerable.Range(1, 6).Select(n => IntendAsync(lease, scene, (ulong)n, account)));

        var reserved = await Task.WhenAll(intents.Select(i => store.Submissions.ReserveNonceAsync(i.Id, lease, 40, 21_000, default)));

        reserved.Select(r => r.Nonce!.Value).Order().ToList().ShouldBe([40UL, 41, 42, 43, 44, 45]);
    }

    [Fact]
    public async Task A_submission_keeps_its_nonce_and_a_dropped_ones_gap_is_filled()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 4), Account());
        var lease = await LeaseAsync();
        var first = await ReservedAsync(scene, 1, account, lease);
        await ReservedAsync(scene, 2, account, lease);
        (await store.Submissions.ReserveNonceAsync(first.Id, lease, 99, 21_000, default)).Nonce.ShouldBe(first.Nonce);

        await store.Submissions.MarkAsync(lease, first.Id, SubmissionStatus.Dropped, "never mined", default);

        (await ReservedAsync(scene, 3, account, lease)).Nonce.ShouldBe(first.Nonce);
        (await ReservedAsync(scene, 4, account, lease)).Nonce.ShouldBe(first.Nonce + 2);
    }

    [Fact]
    public async Task A_nonce_that_was_mined_is_not_given_again_by_an_endpoint_that_lags()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 2), Account());
        var lease = await LeaseAsync();
        var first = await ReservedAsync(scene, 1, account, lease);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(first, 1), default);
        await store.Submissions.MarkAsync(lease, first.Id, SubmissionStatus.Final, null, default);

        (await ReservedAsync(scene, 2, account, lease)).Nonce.ShouldBe(first.Nonce + 1);
    }

    [Fact]
    public async Task Who_lost_the_lease_writes_nothing()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 2), Account());
        var lost = await LeaseAsync();
        var reserved = await ReservedAsync(scene, 1, account, lost);
        var waiting = await IntendAsync(lost, scene, 2, account);
        await store.Leases.ReleaseAsync(lost, default);
        (await store.Leases.TryAcquireAsync(lost.Name, Guid.NewGuid(), TimeSpan.FromMinutes(5), default)).ShouldNotBeNull();

        await Should.ThrowAsync<StaleLeaseException>(() => IntendAsync(lost, scene, 1, Account()));
        await Should.ThrowAsync<StaleLeaseException>(() => store.Submissions.MarkAsync(lost, reserved.Id, SubmissionStatus.Failed, null, default));
        await Should.ThrowAsync<StaleLeaseException>(() => store.Submissions.NoteAsync(lost, reserved.Id, "late", default));
        await Should.ThrowAsync<StaleLeaseException>(() => store.Submissions.ReserveNonceAsync(waiting.Id, lost, 40, 21_000, default));
        await Should.ThrowAsync<StaleLeaseException>(() => store.Submissions.SaveSignedAsync(lost, AttemptOf(reserved, 1), default));

        (await store.Submissions.AttemptsAsync(reserved.Id, default)).ShouldBeEmpty();
        (await store.Submissions.OpenAsync(scene.Lane.Destination, account, default)).Single(s => s.Id == waiting.Id).Nonce.ShouldBeNull();
    }

    [Fact]
    public async Task Every_signed_transaction_is_kept()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 1), Account());
        var lease = await LeaseAsync();
        var submission = await ReservedAsync(scene, 1, account, lease);

        await store.Submissions.SaveSignedAsync(lease, AttemptOf(submission, 1), default);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(submission, 2), default);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(submission, 2), default);

        var attempts = await store.Submissions.AttemptsAsync(submission.Id, default);
        attempts.Select(a => a.TransactionHash).ShouldBe([AttemptOf(submission, 1).TransactionHash, AttemptOf(submission, 2).TransactionHash]);
        attempts[0].Fees.ShouldBe(Fees);
    }

    [Fact]
    public async Task Messages_follow_their_submission()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 2), Account());
        var lease = await LeaseAsync();
        await scene.CertifyAsync(2);
        var submission = await ReservedAsync(scene, 1, account, lease, last: 2);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(submission, 1), default);

        await store.Submissions.MarkAsync(lease, submission.Id, SubmissionStatus.Broadcast, null, default);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Submitted);

        await store.Submissions.MarkAsync(lease, submission.Id, SubmissionStatus.Dropped, "replaced", default);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Certified);
    }

    [Fact]
    public async Task What_somebody_else_delivered_stays_delivered_when_our_own_submission_fails()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 1), Account());
        var lease = await LeaseAsync();
        await scene.CertifyAsync(1);
        var submission = await ReservedAsync(scene, 1, account, lease);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);

        await store.Submissions.MarkAsync(lease, submission.Id, SubmissionStatus.Failed, "lost the race", default);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Executed);
    }

    [Fact]
    public async Task A_submission_that_ended_does_not_come_back()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 1), Account());
        var lease = await LeaseAsync();
        var submission = await ReservedAsync(scene, 1, account, lease);
        await store.Submissions.MarkAsync(lease, submission.Id, SubmissionStatus.Failed, "reverted", default);

        await Should.ThrowAsync<InvalidOperationException>(() => store.Submissions.MarkAsync(lease, submission.Id, SubmissionStatus.Broadcast, null, default));
        await Should.ThrowAsync<InvalidOperationException>(() => store.Submissions.SaveSignedAsync(lease, AttemptOf(submission, 1), default));
        await Should.ThrowAsync<InvalidOperationException>(() => store.Submissions.ReserveNonceAsync(submission.Id, lease, 40, 21_000, default));

        (await store.Submissions.AttemptsAsync(submission.Id, default)).ShouldBeEmpty();
        (await IntendAsync(lease, scene, 1, account)).Id.ShouldNotBe(submission.Id);
    }

    [Fact]
    public async Task A_plan_that_grew_takes_up_the_intent_and_keeps_its_nonce_but_changes_nothing_that_is_signed()
    {
        var (scene, account, lease) = (await Scene.FinalAsync(store, 3), Account(), await LeaseAsync());
        var reserved = await ReservedAsync(scene, 1, account, lease);
        reserved.Status.ShouldBe(SubmissionStatus.Reserved);

        var grown = await IntendAsync(lease, scene, 1, account, last: 3);
        (grown.Id, grown.Last, grown.Nonce).ShouldBe((reserved.Id, new Sequence(3), reserved.Nonce));

        await store.Submissions.SaveSignedAsync(lease, AttemptOf(reserved, 1), default);
        var signed = await IntendAsync(lease, scene, 1, account, last: 2);
        (signed.Id, signed.Last, signed.Status).ShouldBe((reserved.Id, new Sequence(3), SubmissionStatus.Signed));
        await Should.ThrowAsync<InvalidOperationException>(() => store.Submissions.ReserveNonceAsync(reserved.Id, lease, 99, 21_000, default));
    }

    [Fact]
    public async Task What_was_mined_without_effect_keeps_its_nonce_for_ever_and_lets_its_messages_be_planned_anew()
    {
        var (scene, account, lease) = (await Scene.FinalAsync(store, 1), Account(), await LeaseAsync());
        await scene.CertifyAsync(1);
        var first = await ReservedAsync(scene, 1, account, lease);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(first, 1), default);
        await store.Submissions.MarkAsync(lease, first.Id, SubmissionStatus.Void, "reverted", default);

        var second = await ReservedAsync(scene, 1, account, lease);
        second.Nonce.ShouldBe(first.Nonce + 1);
        await store.Submissions.SaveSignedAsync(lease, AttemptOf(second, 1), default);
        await store.Submissions.MarkAsync(lease, second.Id, SubmissionStatus.Broadcast, null, default);
        await store.Submissions.MarkAsync(lease, first.Id, SubmissionStatus.Failed, "reverted, and final", default);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Submitted, "the second one is underway");
        await store.Submissions.MarkAsync(lease, second.Id, SubmissionStatus.Failed, "reverted too", default);
        (await ReservedAsync(scene, 1, account, lease)).Nonce.ShouldBe(first.Nonce + 2);
        (await store.Get<DeliveryRecords>().RevertsAsync(scene.Lane, new Sequence(1), account, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_note_is_written_once_and_is_no_sign_of_life()
    {
        var (scene, account, lease) = (await Scene.FinalAsync(store, 1), Account(), await LeaseAsync());
        var intent = await IntendAsync(lease, scene, 1, account);

        (await store.Submissions.NoteAsync(lease, intent.Id, "gas is dear", default)).ShouldBeTrue();
        (await store.Submissions.NoteAsync(lease, intent.Id, "gas is dear", default)).ShouldBeFalse();

        var noted = (await store.Submissions.OpenAsync(scene.Lane.Destination, account, default)).Single();
        (noted.Detail, noted.UpdatedAt).ShouldBe(("gas is dear", intent.UpdatedAt));
        (await store.Submissions.ReserveNonceAsync(intent.Id, lease, 40, 21_000, default)).Detail.ShouldBeNull();
    }

    private static Address Account() => Scene.Someone((ulong)Random.Shared.NextInt64());

    private static Attempt AttemptOf(Submission submission, ulong number) => new(
        submission.Id, Keccak256.Hash([.. submission.Id.ToByteArray(), (byte)number]), [(byte)number], Fees, DateTimeOffset.UnixEpoch.AddSeconds(number));

    private async Task<Lease> LeaseAsync() => (await store.Leases.TryAcquireAsync($"nonces {Guid.NewGuid()}", Guid.NewGuid(), TimeSpan.FromMinutes(5), default))!;

    private Task<Submission> IntendAsync(Lease lease, Scene scene, ulong first, Address account, ulong? last = null) =>
        store.Submissions.IntendAsync(lease, scene.Lane, new Sequence(first), new Sequence(last ?? first), account, default);

    private async Task<Submission> ReservedAsync(Scene scene, ulong first, Address account, Lease lease, ulong? last = null) =>
        await store.Submissions.ReserveNonceAsync((await IntendAsync(lease, scene, first, account, last)).Id, lease, 40, 21_000, default);
}
