using Bridge.Core;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;

namespace Bridge.SystemTests.Store;

public sealed class RecordTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Of_two_watchers_with_the_same_range_one_records_it_and_the_other_loses_harmlessly()
    {
        var scene = await Scene.BeginAsync(store);
        var facts = await scene.FactsAsync(scene.Lane.Source, 3, 0, [scene.Send(1), scene.Send(2)]);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => await Record.ExceptionAsync(() => store.Chains.RecordAsync(facts, default))));

        outcomes.Count(e => e is null).ShouldBe(1);
        outcomes.Where(e => e is not null).ShouldAllBe(e => e is CursorMovedException);
        (await store.Chains.CursorAsync(scene.Lane.Source, default))!.At.ShouldBe(facts.NewCursor);
        await using var db = store.Db;
        (await db.Transitions.CountAsync(t => t.MessageId == scene.Sent[0].MessageId)).ShouldBe(1);
    }

    [Fact]
    public async Task Rows_and_cursor_are_one_commit()
    {
        var scene = await Scene.BeginAsync(store);
        var good = scene.Send(1);
        var facts = await scene.FactsAsync(scene.Lane.Source, 3, 0, [good]);
        // The delivery comes after the messages and breaks a constraint, as a kill at that moment would break the connection.
        var broken = scene.Delivery(1, 1, 1) with { Lane = new Lane(scene.Lane.Destination, scene.Lane.Source), First = Sequence.None };

        await Should.ThrowAsync<Npgsql.PostgresException>(() => store.Chains.RecordAsync(facts with { Delivered = [broken] }, default));

        (await store.Chains.CursorAsync(scene.Lane.Source, default))!.At.Height.ShouldBe(0UL);
        await using var db = store.Db;
        (await db.Messages.AnyAsync(m => m.MessageId == good.MessageId)).ShouldBeFalse();
        (await store.Chains.RecentBlocksAsync(scene.Lane.Source, 9, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_comes_back_as_it_was_sent()
    {
        var scene = await Scene.BeginAsync(store);
        var sent = scene.Send(2, amount: UInt128.MaxValue);
        await scene.ReadSourceAsync(2, [sent]);

        await using var db = store.Db;
        var row = await db.Messages.SingleAsync(m => m.MessageId == sent.MessageId);
        (row.Amount, row.Fee, row.Sender, row.Recipient).ShouldBe((UInt128.MaxValue, (UInt128)10, sent.Message.Sender, sent.Message.Recipient));
        (row.TransactionHash, row.LogIndex, row.BlockHash, row.BlockTime).ShouldBe((sent.Transaction, sent.LogIndex, sent.Block.Hash, sent.Block.Time));
        (await store.Transfers.WiresAsync(scene.Lane, new Sequence(1), new Sequence(1), default)).Single().ShouldBe(sent.Wire);
    }

    [Fact]
    public async Task A_conflicting_message_for_the_same_unfinal_sequence_is_refused()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(1, [scene.Send(1)]);

        await Should.ThrowAsync<ContradictedMessageException>(() => scene.ReadSourceAsync(2, [scene.Instead(1, 2, 0)]));

        (await store.Chains.CursorAsync(scene.Lane.Source, default))!.At.Height.ShouldBe(1UL);
        (await scene.HaltAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_conflicting_message_for_a_final_sequence_is_kept_as_evidence_and_halts_the_lane()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var other = scene.Instead(1, 2, 0);

        await scene.ReadSourceAsync(2, [other]);

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ConflictingMessage);
        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Finalized);
        await using var db = store.Db;
        (await db.MessageConflicts.SingleAsync(c => c.MessageId == other.MessageId)).KnownId.ShouldBe(scene.Sent[0].MessageId);
        (await db.Messages.AnyAsync(m => m.MessageId == other.MessageId)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lane_under_another_id_is_refused()
    {
        var scene = await Scene.BeginAsync(store);

        await Should.ThrowAsync<ConflictingFactException>(() => store.Directory.SaveLaneAsync(scene.Lane, Scene.Hash(99), default));
        await Should.ThrowAsync<ConflictingFactException>(() => scene.ReadSourceAsync(1, [scene.Send(1) with { LaneId = Scene.Hash(99) }]));
    }

    [Theory]
    [InlineData(5UL, 1UL)]
    [InlineData(0UL, 1UL)]
    public async Task A_fact_outside_of_the_range_is_refused(ulong height, ulong to)
    {
        var scene = await Scene.BeginAsync(store);

        await Should.ThrowAsync<ArgumentException>(() => scene.ReadSourceAsync(to, [scene.Send(height)]));
    }

    [Fact]
    public async Task A_chain_id_that_the_database_cannot_hold_is_refused_by_name()
    {
        var refusal = await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.Chains.CursorAsync(new ChainId(ulong.MaxValue), default));

        refusal.Message.ShouldContain("18446744073709551615");
    }

    [Fact]
    public async Task A_hole_in_a_lane_is_named()
    {
        var scene = await Scene.BeginAsync(store);
        var (first, _, third) = (scene.Send(1), scene.Send(1), scene.Send(1));
        await scene.ReadSourceAsync(1, [first, third]);

        (await Should.ThrowAsync<MissingMessagesException>(() => store.Transfers.WiresAsync(scene.Lane, new Sequence(1), new Sequence(3), default))).Message.ShouldContain("message 2");
        (await Should.ThrowAsync<MissingMessagesException>(() => store.Transfers.WiresAsync(scene.Lane, new Sequence(3), new Sequence(4), default))).Message.ShouldContain("message 4");
    }

    [Fact]
    public async Task Blocks_far_below_finality_are_forgotten_and_those_near_it_are_kept()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(600, []);

        await scene.FinalizeSourceAsync(590);

        var kept = await store.Chains.RecentBlocksAsync(scene.Lane.Source, 1000, default);
        kept[0].Height.ShouldBe(600UL);
        kept[^1].Height.ShouldBe(590UL - 256);
    }
}
