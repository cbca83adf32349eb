using Bridge.Core;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;

namespace Bridge.SystemTests.Store;

public sealed class RewindTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task A_message_mined_again_in_another_block_is_the_same_message()
    {
        var scene = await Scene.BeginAsync(store);
        var sent = scene.Send(2);
        await scene.ReadSourceAsync(3, [sent]);

        var result = await RewindSourceAsync(scene, 1);
        (result.Orphaned, result.Halted).ShouldBe((1, false));
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Orphaned);
        await Should.ThrowAsync<MissingMessagesException>(() => store.Transfers.WiresAsync(scene.Lane, new Sequence(1), new Sequence(1), default));

        await scene.ReadSourceAsync(4, [sent with { Block = Scene.Block(scene.Lane.Source, 3, 1) }], fork: 1);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Observed);
        await using var db = store.Db;
        (await db.Messages.SingleAsync(m => m.MessageId == sent.MessageId)).BlockHeight.ShouldBe(3UL);
        (await db.Transitions.Where(t => t.MessageId == sent.MessageId).OrderBy(t => t.Id).Select(t => t.ToStatus).ToListAsync())
            .ShouldBe([TransferStatus.Observed, TransferStatus.Orphaned, TransferStatus.Observed]);
    }

    [Fact]
    public async Task Another_message_takes_the_sequence_of_an_orphan_which_stays_beside_it()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(2, [scene.Send(2)]);
        await RewindSourceAsync(scene, 1);
        var other = scene.Instead(1, 2, 1);

        await scene.ReadSourceAsync(2, [other], fork: 1);

        (await store.Transfers.RollingHashAsync(scene.Lane, new Sequence(1), default)).ShouldBe(other.MessageId);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Orphaned);
    }

    [Fact]
    public async Task A_final_block_that_vanishes_halts_its_lane_and_finality_goes_back_with_the_cursor()
    {
        var scene = await Scene.FinalAsync(store, 2);

        (await RewindSourceAsync(scene, 1)).Halted.ShouldBeTrue();

        (await scene.HaltAsync()).ShouldBe(HaltCodes.FinalBlockVanished);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Finalized);
        var cursor = await store.Chains.CursorAsync(scene.Lane.Source, default);
        (cursor!.At, cursor.Finalized).ShouldBe((Scene.At(scene.Lane.Source, 1), Scene.At(scene.Lane.Source, 1)));
    }

    [Fact]
    public async Task What_rests_on_a_final_block_that_vanished_is_said_by_stage_asset_and_amount()
    {
        var scene = await Scene.FinalAsync(store, 4);
        await scene.CertifyAsync(3);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 2, 2)]);

        await RewindSourceAsync(scene, 1);

        (await store.Halts.CurrentAsync(scene.Lane, default))!.Reason.ShouldBe(
            $"block 2 of chain {scene.Lane.Source} was replaced, although block {Scene.At(scene.Lane.Source, 4)} was final. "
            + "Exposed are messages 2 to 4, in base units: not certified: 1 (asset 1: 1000); delivered: 1 (asset 1: 1000); certified, not delivered: 1 (asset 1: 1000)");
    }

    [Fact]
    public async Task A_final_block_that_vanishes_halts_also_a_lane_that_had_nothing_in_it()
    {
        var scene = await Scene.FinalAsync(store, 1);
        await scene.ReadSourceAsync(5, []);
        await scene.FinalizeSourceAsync(5);

        (await RewindSourceAsync(scene, 3)).Halted.ShouldBeTrue();

        (await store.Halts.CurrentAsync(scene.Lane, default))!.Reason.ShouldContain("No final message of this lane was in what vanished");
    }

    [Fact]
    public async Task Reading_again_from_the_last_final_block_halts_nothing_and_loses_nothing()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var unfinal = scene.Send(2);
        await scene.ReadSourceAsync(3, [unfinal]);

        (await RewindSourceAsync(scene, 1)).Halted.ShouldBeFalse();
        await scene.ReadSourceAsync(3, [unfinal]);

        (await scene.HaltAsync()).ShouldBeNull();
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Finalized);
        (await scene.StatusAsync(2)).ShouldBe(TransferStatus.Observed);
    }

    [Fact]
    public async Task A_delivery_that_vanishes_is_undone_and_may_come_again()
    {
        var scene = await Scene.FinalAsync(store, 3);
        await scene.CertifyAsync(3);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 1, 1), scene.Delivery(2, 3, 2)]);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Executed);

        var result = await store.Chains.RewindAsync(scene.Lane.Destination, Scene.At(scene.Lane.Destination, 1), default);

        (result.Dropped, result.Halted).ShouldBe((2, false));
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Executed);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Certified);
        await scene.ReadDestinationAsync(3, [scene.Delivery(2, 3, 3, fork: 1)], fork: 1);
        (await scene.StatusAsync(3)).ShouldBe(TransferStatus.Executed);
    }

    [Fact]
    public async Task A_final_delivery_that_vanishes_halts_its_lane()
    {
        var scene = await Scene.FinalAsync(store, 1);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 1, 2)]);
        await scene.FinalizeDestinationAsync(2);

        (await store.Chains.RewindAsync(scene.Lane.Destination, Scene.At(scene.Lane.Destination, 1), default)).Halted.ShouldBeTrue();

        (await scene.HaltAsync()).ShouldBe(HaltCodes.FinalDeliveryVanished);
    }

    [Fact]
    public async Task A_rewind_never_moves_the_cursor_forward()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(5, []);
        await RewindSourceAsync(scene, 2);

        await Should.ThrowAsync<CursorMovedException>(() => RewindSourceAsync(scene, 4));

        (await store.Chains.CursorAsync(scene.Lane.Source, default))!.At.Height.ShouldBe(2UL);
    }

    [Fact]
    public async Task An_ancestor_that_is_not_the_stored_block_is_refused()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(5, []);

        await Should.ThrowAsync<ConflictingFactException>(() => store.Chains.RewindAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 3, fork: 1), default));
    }

    private Task<RewindResult> RewindSourceAsync(Scene scene, ulong height) => store.Chains.RewindAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, height), default);
}
