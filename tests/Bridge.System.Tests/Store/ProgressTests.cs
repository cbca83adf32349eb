using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

/// <summary>What the stored facts make of a message's status, in whatever order they come.</summary>
public sealed class ProgressTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Finality_moves_messages_up_to_its_height_and_names_them()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(5, [scene.Send(1), scene.Send(2), scene.Send(2), scene.Send(4)]);

        var ranges = await store.Chains.FinalizeAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 3), default);

        ranges.ShouldBe([new LaneRange(scene.Lane, new Sequence(1), new Sequence(3))]);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Finalized);
        (await scene.StatusAsync(4)).ShouldBe(TransferStatus.Observed);
        (await store.Chains.FinalizeAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 2), default)).ShouldBeEmpty();
        (await store.Chains.CursorAsync(scene.Lane.Source, default))!.Finalized!.Value.Height.ShouldBe(3UL);
        var head = await store.Transfers.FinalizedHeadAsync(scene.Lane, default);
        head.ShouldBe(new LaneHead(scene.Lane, scene.LaneId, new Sequence(3), scene.Sent[2].MessageId, 2, Scene.Block(scene.Lane.Source, 2).Hash));
    }

    [Fact]
    public async Task A_block_above_the_cursor_or_of_another_fork_does_not_become_final()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(5, [scene.Send(1)]);

        await Should.ThrowAsync<CursorMovedException>(() => scene.FinalizeSourceAsync(6));
        await Should.ThrowAsync<ConflictingFactException>(() => scene.FinalizeSourceAsync(4, fork: 1));

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Observed);
    }

    [Fact]
    public async Task A_certificate_covers_everything_at_and_below_it()
    {
        var scene = await Scene.FinalAsync(store, 3);

        (await scene.CertifyAsync(2)).ShouldBeTrue();
        (await scene.CertifyAsync(2)).ShouldBeFalse();

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Certified);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Certified);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Finalized);
    }

    [Fact]
    public async Task Two_relayers_that_certify_at_once_store_one_certificate()
    {
        var scene = await Scene.FinalAsync(store, 40);

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.CertifyAsync(40)));

        stored.Count(first => first).ShouldBe(1);
        (await scene.StatusAsync(40)).ShouldBe(TransferStatus.Certified);
    }

    [Fact]
    public async Task What_came_too_early_is_applied_when_its_cause_is_final()
    {
        var scene = await Scene.BeginAsync(store);
        var sent = scene.Send(1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        await scene.FinalizeDestinationAsync(1);
        await scene.CertifyAsync(1);
        await scene.ReadSourceAsync(1, [sent]);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Observed);

        await scene.FinalizeSourceAsync(1);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Delivered);
    }

    [Fact]
    public async Task The_sweep_applies_facts_that_nobody_applied_and_then_finds_nothing()
    {
        var scene = await Scene.FinalAsync(store, 2);
        await scene.CertifyAsync(2);
        var sent = scene.Sent[0];
        await store.ExecuteAsync($"UPDATE message SET status = 'Finalized' WHERE message_id = '\\x{Convert.ToHexString(sent.MessageId.ToArray())}'");

        (await store.Transfers.ReconcileAsync(default)).ShouldBe(1);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Certified);
        (await store.Transfers.ReconcileAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_delivery_is_done_when_its_destination_is_final()
    {
        var scene = await Scene.FinalAsync(store, 2);
        await scene.ReadDestinationAsync(3, [scene.Delivery(1, 2, 2)]);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Executed);

        await scene.FinalizeDestinationAsync(2);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Delivered);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Delivered);
    }

    [Fact]
    public async Task A_deferred_message_waits_while_its_neighbours_arrive_and_a_retry_completes_it()
    {
        var scene = await Scene.FinalAsync(store, 3);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 3, 1)], [scene.Deferral(2, 1)]);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Finalized);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Executed);

        await scene.FinalizeDestinationAsync(1);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Delivered);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Deferred);

        await scene.ReadDestinationAsync(2, [], retried: [scene.Retry(2, 2)]);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Deferred);
        await scene.FinalizeDestinationAsync(2);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Delivered);
    }

    [Fact]
    public async Task A_deferred_message_is_refunded_when_its_refund_is_final()
    {
        var scene = await Scene.FinalAsync(store, 2);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 2, 1)], [scene.Deferral(2, 1)], refunded: [scene.Refund(2, 2)]);
        await scene.FinalizeDestinationAsync(1);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Deferred);

        await scene.FinalizeDestinationAsync(2);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Delivered);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Refunded);
        (await store.Transfers.ReconcileAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_deferral_and_its_refund_may_become_final_at_once()
    {
        var scene = await Scene.FinalAsync(store, 1);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 1, 1)], [scene.Deferral(1, 1)], refunded: [scene.Refund(1, 2)]);

        await scene.FinalizeDestinationAsync(2);

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Refunded);
    }

    [Fact]
    public async Task A_rolling_hash_is_found_at_its_sequence_and_an_orphans_is_not()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(2, [scene.Send(1), scene.Send(2)]);

        (await store.Transfers.SequenceAsync(scene.Lane, scene.LaneId, default)).ShouldBe(Sequence.None);
        (await store.Transfers.SequenceAsync(scene.Lane, scene.Sent[1].MessageId, default)).ShouldBe(new Sequence(2));
        (await store.Transfers.SequenceAsync(scene.Lane, default, default)).ShouldBeNull();
        (await store.Transfers.SequenceAsync(new Lane(scene.Lane.Destination, scene.Lane.Source), scene.Sent[1].MessageId, default)).ShouldBeNull();

        await store.Chains.RewindAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 1), default);
        (await store.Transfers.SequenceAsync(scene.Lane, scene.Sent[1].MessageId, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_over_a_foreign_hash_certifies_nothing_and_halts_the_lane()
    {
        var scene = await Scene.FinalAsync(store, 2);

        await scene.CertifyAsync(2, Scene.Hash(13));

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ForeignCertificate);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Finalized);
    }

    [Fact]
    public async Task A_delivery_of_a_foreign_hash_delivers_nothing_and_halts_the_lane()
    {
        var scene = await Scene.FinalAsync(store, 2);

        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 2, 1, Scene.Hash(13))]);

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ForeignDelivery);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Finalized);
    }

    [Fact]
    public async Task A_person_who_resumed_a_lane_is_not_asked_the_same_again()
    {
        var scene = await Scene.FinalAsync(store, 2);
        await scene.CertifyAsync(2, Scene.Hash(13));
        await store.Halts.ResumeAsync(scene.Lane, "operator", "the stray certificate is reported", default);

        await store.Transfers.ReconcileAsync(default);

        (await scene.HaltAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_certified_orphan_halts_its_lane_only_when_the_source_is_final_past_its_old_block()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(2, [scene.Send(2)]);
        await store.Chains.RewindAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 1), default);
        await scene.CertifyAsync(1);
        (await scene.HaltAsync()).ShouldBeNull();

        await scene.ReadSourceAsync(3, [], fork: 1);
        await scene.FinalizeSourceAsync(3, fork: 1);
        await store.Transfers.ReconcileAsync(default);

        (await scene.HaltAsync()).ShouldBe(HaltCodes.DeliveryWithoutSource);
    }

    [Fact]
    public async Task Totals_count_what_is_final_and_nothing_else()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(3, [scene.Send(1, amount: UInt128.MaxValue / 2), scene.Send(2, amount: 50), scene.Send(3, amount: 20)]);
        await scene.FinalizeSourceAsync(2);

        var total = (await store.Get<LedgerStore>().LookAsync(default)).Carried.Single(t => t.Lane == scene.Lane);

        total.Amount.ShouldBe((UInt128.MaxValue / 2) + 50);
    }
}
