using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class AttestationTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly Epoch First = new(1);

    [Fact]
    public async Task Offering_the_same_content_twice_gives_one_intake_row()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var offered = scene.Attestation(1, 1);

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => store.Attestations.OfferAsync(offered, $"test {n}", default)));

        ids.Distinct().Count().ShouldBe(1);
        (await PendingAsync(scene)).ShouldBe([(ids[0], offered)]);
    }

    [Fact]
    public async Task A_decided_attestation_is_pending_no_more_and_its_first_judgement_stays()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var id = await store.Attestations.OfferAsync(scene.Attestation(1, 1), "test", default);

        await store.Attestations.RejectAsync(id, "foreign epoch", default);
        await store.Attestations.RejectAsync(id, "something else", default);

        (await PendingAsync(scene)).ShouldBeEmpty();
        await using var db = store.Db;
        db.Intake.Single(i => i.Id == id).Refusal.ShouldBe("foreign epoch");
    }

    [Fact]
    public async Task Accepted_twice_it_counts_once()
    {
        var scene = await Scene.FinalAsync(store, 2);

        (await AcceptAsync(scene.Attestation(2, 1), 1)).ShouldBe(AcceptResult.New);
        (await AcceptAsync(scene.Attestation(2, 1), 1)).ShouldBe(AcceptResult.Known);
        (await AcceptAsync(scene.Attestation(2, 2), 2)).ShouldBe(AcceptResult.New);

        (await QuorumsAsync(scene, 2)).Select(quorum => (quorum.Checkpoint, quorum.Own)).ShouldBe([(scene.Checkpoint(2), scene.Checkpoint(2).RollingHash)]);
        (await QuorumsAsync(scene, 3)).ShouldBeEmpty();
        (await SignersAsync(scene, 2)).ShouldBe([Scene.Someone(1), Scene.Someone(2)], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_hashes_by_one_signer_are_both_kept_and_none_of_its_signatures_counts()
    {
        var scene = await Scene.BeginAsync(store);
        scene.Send(1);
        scene.Send(1);
        await AcceptAsync(scene.Attestation(1, 31), 31);
        await AcceptAsync(scene.Attestation(2, 31), 31);
        await AcceptAsync(scene.Attestation(2, 32), 32);

        (await AcceptAsync(scene.Attestation(1, 31, Scene.Hash(13)), 31)).ShouldBe(AcceptResult.Equivocation);

        await using var db = store.Db;
        db.Attestations.Count(a => a.SourceChain == scene.Lane.Source && a.Signer == Scene.Someone(31)).ShouldBe(3);
        db.Equivocations.Single(e => e.SourceChain == scene.Lane.Source).Signer.ShouldBe(Scene.Someone(31));
        (await SignersAsync(scene, 1)).ShouldBeEmpty();
        (await SignersAsync(scene, 2)).ShouldBe([Scene.Someone(32)]);
    }

    [Fact]
    public async Task A_hash_that_is_not_the_lanes_final_one_is_evidence_at_once()
    {
        var scene = await Scene.FinalAsync(store, 1);

        (await AcceptAsync(scene.Attestation(1, 41, Scene.Hash(13)), 41)).ShouldBe(AcceptResult.Equivocation);
    }

    [Fact]
    public async Task A_foreign_hash_that_came_before_its_message_was_final_becomes_evidence_then()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(1, [scene.Send(1)]);
        (await AcceptAsync(scene.Attestation(1, 51, Scene.Hash(13)), 51)).ShouldBe(AcceptResult.New);

        await scene.FinalizeSourceAsync(1);

        await using var db = store.Db;
        db.Equivocations.Single(e => e.SourceChain == scene.Lane.Source).Signer.ShouldBe(Scene.Someone(51));
    }

    [Fact]
    public async Task Signatures_of_two_epochs_never_mix()
    {
        var scene = await Scene.FinalAsync(store, 1);
        await AcceptAsync(scene.Attestation(1, 61, epoch: 1), 61);

        (await AcceptAsync(scene.Attestation(1, 61, epoch: 2), 61)).ShouldBe(AcceptResult.New);

        (await QuorumsAsync(scene, 1)).Single().Signatures.Values.ShouldBe([scene.Attestation(1, 61).Signature]);
    }

    [Fact]
    public async Task The_newest_certificate_within_bounds_comes_back_as_it_was_stored()
    {
        var scene = await Scene.FinalAsync(store, 5);
        var wide = new Certificate(First, System.Numerics.BigInteger.One << 254, new byte[128]);
        await scene.CertifyAsync(1);
        await store.Attestations.CertifyAsync(scene.Lane, scene.Checkpoint(3), wide);
        await scene.CertifyAsync(5);

        var found = (await store.Attestations.NewestCertifiedAsync(scene.Lane, new Sequence(1), new Sequence(4), First, default))!.Value;

        found.Checkpoint.ShouldBe(scene.Checkpoint(3));
        (found.Certificate.Signers, found.Certificate.Signatures.Length).ShouldBe((wide.Signers, 128));
        (await store.Attestations.NewestCertifiedAsync(scene.Lane, new Sequence(3), new Sequence(4), First, default)).ShouldBeNull();
        (await QuorumsAsync(scene, 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_offer_rings()
    {
        var scene = await Scene.FinalAsync(store, 1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var heard = store.Attestations.ListenAsync(AttestationStore.OfferedChannel, limit.Token).GetAsyncEnumerator();
        var bell = heard.MoveNextAsync().AsTask();
        // Notifications before LISTEN are not heard, so offers go on until one is.
        for (var n = 1UL; !bell.IsCompleted; n++)
        {
            await store.Attestations.OfferAsync(scene.Attestation(1, n), "test", limit.Token);
            await Task.WhenAny(bell, Task.Delay(50, limit.Token));
        }

        (await bell).ShouldBeTrue();
    }

    private async Task<AcceptResult> AcceptAsync(Attestation attestation, ulong signer)
    {
        var id = await store.Attestations.OfferAsync(attestation, "test", default);
        return await store.Attestations.AcceptAsync(id, attestation, Scene.Someone(signer));
    }

    private async Task<IEnumerable<Address>> SignersAsync(Scene scene, ulong sequence) =>
        (await QuorumsAsync(scene, 1)).Where(quorum => quorum.Checkpoint == scene.Checkpoint(sequence)).SelectMany(quorum => quorum.Signatures.Keys);

    private Task<IReadOnlyList<Quorum>> QuorumsAsync(Scene scene, int threshold) => store.Attestations.QuorumsAsync(
        scene.Lane, First, [.. Enumerable.Range(1, 99).Select(n => Scene.Someone((ulong)n))], threshold, new Sequence(1000), 100, default);

    private async Task<IEnumerable<(long, Attestation)>> PendingAsync(Scene scene) =>
        (await store.Attestations.PendingAsync(1000, default)).Where(p => p.Attestation.Lane == scene.Lane);
}
