using Bridge.Core;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;

namespace Bridge.SystemTests.Store;

/// <summary>Whatever is offered, by strangers or by members who went mad, the tables stay small, and nothing honest is lost by it.</summary>
public sealed class IntakeBoundTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private const int Quota = 1024;

    [Fact]
    public async Task A_signer_s_flood_fills_its_own_quota_and_nobody_else_s()
    {
        var scene = await Scene.BeginAsync(store);
        scene.Send(1);
        for (var n = 0UL; n < Quota; n++) await OfferAsync(scene, 10_000 + n, Scene.Someone(1));

        await Should.ThrowAsync<IntakeFullException>(() => OfferAsync(scene, 20_000, Scene.Someone(1)));
        await OfferAsync(scene, 10_000, Scene.Someone(1)); // what is stored already is known still
        await OfferAsync(scene, 20_001, Scene.Someone(2));
        var id = await OfferAsync(scene, 20_002, null);

        (await CountAsync(scene)).ShouldBe(Quota + 2);
        foreach (var one in await store.Attestations.PendingAsync(10_000, default)) one.Attestation.Lane.ShouldNotBe(scene.Lane, "nothing can be said yet about what lies so far ahead");
        await store.Attestations.RejectAsync(id, "for the test", default);
    }

    [Fact]
    public async Task What_is_for_a_later_epoch_waits_and_is_judged_once_the_set_is_known()
    {
        var scene = await Scene.FinalAsync(store, 1);
        await store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, Scene.Someone(2), new ValidatorSet(new Epoch(1), [Scene.Someone(1)], 1), current: true, default);
        var early = scene.Attestation(1, 1, epoch: 2);
        var id = await store.Attestations.OfferAsync(early, "test", default);
        (await PendingAsync(scene)).ShouldBeEmpty();

        await store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, Scene.Someone(2), new ValidatorSet(new Epoch(2), [Scene.Someone(1)], 1), current: true, default);

        (await PendingAsync(scene)).ShouldBe([(id, early)]);
    }

    [Fact]
    public async Task Of_an_equivocator_s_hashes_at_one_sequence_two_are_kept()
    {
        var scene = await Scene.FinalAsync(store, 1);
        for (var n = 1UL; n <= 20; n++)
        {
            var attestation = scene.Attestation(1, n, Scene.Hash(n));
            var id = await store.Attestations.OfferAsync(attestation, "test", default);
            (await store.Attestations.AcceptAsync(id, attestation, Scene.Someone(5))).ShouldBe(AcceptResult.Equivocation);
        }

        await using var db = store.Db;
        (await db.Attestations.CountAsync(a => a.SourceChain == scene.Lane.Source)).ShouldBe(2);
    }

    [Fact]
    public async Task Also_when_all_of_them_are_judged_at_once()
    {
        var scene = await Scene.FinalAsync(store, 2);
        var own = scene.Attestation(2, 21);
        Attestation[] all = [.. Enumerable.Range(1, 20).Select(n => scene.Attestation(1, (ulong)n, Scene.Hash((ulong)n))), own];
        var verified = await Task.WhenAll(all.Select(async one => new Verified(await store.Attestations.OfferAsync(one, "test", default), one, Scene.Someone(5))));

        var results = await store.Attestations.AcceptAsync(verified, default);

        results.ShouldBe([.. Enumerable.Repeat(AcceptResult.Equivocation, 20), AcceptResult.New]);
        (await PendingAsync(scene)).ShouldBeEmpty();
        await using var db = store.Db;
        (await db.Attestations.CountAsync(a => a.SourceChain == scene.Lane.Source)).ShouldBe(3);
    }

    [Fact]
    public async Task What_was_judged_a_day_ago_is_removed_and_what_waits_stays()
    {
        var scene = await Scene.FinalAsync(store, 3);
        var judged = await store.Attestations.OfferAsync(scene.Attestation(1, 1), "test", default);
        var fresh = await store.Attestations.OfferAsync(scene.Attestation(2, 1), "test", default);
        await store.Attestations.OfferAsync(scene.Attestation(3, 1), "test", default);
        await store.Attestations.RejectAsync(judged, "for the test", default);
        await store.Attestations.RejectAsync(fresh, "for the test", default);
        await store.ExecuteAsync($"UPDATE attestation_intake SET judged_at = judged_at - interval '25 hours' WHERE id = {judged}");

        await store.Attestations.PurgeAsync(default);

        (await CountAsync(scene)).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_delivered_is_handed_over_again_and_what_is_delivered_is_not()
    {
        var scene = await Scene.BeginAsync(store);
        for (var n = 1UL; n <= 2; n++)
        {
            await store.SigningLog.RecordAsync(scene.LaneId, new Sequence(n), Scene.Hash(n), default);
            await store.SigningLog.SaveSignatureAsync(scene.LaneId, new Sequence(n), new Epoch(1), Scene.Signature(n), default);
            await store.SigningLog.MarkSentAsync(scene.LaneId, new Sequence(n), new Epoch(1), "bus");
        }

        (await UnsentAsync(scene, TimeSpan.FromHours(1))).ShouldBeEmpty();
        (await UnsentAsync(scene, TimeSpan.Zero)).ShouldBe([new Sequence(2)]);
        await store.SigningLog.MarkSentAsync(scene.LaneId, new Sequence(2), new Epoch(1), "bus");
        (await UnsentAsync(scene, TimeSpan.FromMinutes(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_signed_for_an_old_epoch_is_not_offered_any_more()
    {
        var scene = await Scene.BeginAsync(store);
        await store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, Scene.Someone(2), new ValidatorSet(new Epoch(2), [Scene.Someone(1)], 1), current: true, default);
        await store.SigningLog.RecordAsync(scene.LaneId, new Sequence(2), Scene.Hash(2), default);
        foreach (var epoch in new ulong[] { 1, 2 }) await store.SigningLog.SaveSignatureAsync(scene.LaneId, new Sequence(2), new Epoch(epoch), Scene.Signature(epoch), default);

        (await store.SigningLog.UnsentAsync(scene.LaneId, "bus", new Sequence(1), TimeSpan.Zero, 10, default)).Select(s => s.Epoch).ShouldBe([new Epoch(2)]);
    }

    private async Task<IEnumerable<Sequence>> UnsentAsync(Scene scene, TimeSpan again) =>
        (await store.SigningLog.UnsentAsync(scene.LaneId, "bus", new Sequence(1), again, 10, default)).Select(s => s.Sequence);

    private Task<long> OfferAsync(Scene scene, ulong sequence, Address? signer) =>
        store.Attestations.OfferAsync(scene.Attestation(sequence, 1, Scene.Hash(sequence)), "test", default, signer);

    private async Task<int> CountAsync(Scene scene)
    {
        await using var db = store.Db;
        return await db.Intake.CountAsync(row => row.SourceChain == scene.Lane.Source);
    }

    private async Task<IEnumerable<(long, Attestation)>> PendingAsync(Scene scene) => (await store.Attestations.PendingAsync(10_000, default)).Where(p => p.Attestation.Lane == scene.Lane);
}
