using Bridge.Core;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;

namespace Bridge.SystemTests.Store;

public sealed class SigningLogTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly Sequence Five = new(5);

    [Fact]
    public async Task The_same_hash_again_is_known_and_another_one_is_a_conflict_that_is_kept_and_halts_the_lane()
    {
        var scene = await Scene.BeginAsync(store);

        (await RecordAsync(scene, 1)).ShouldBe(SigningVerdict.Fresh);
        (await RecordAsync(scene, 1)).ShouldBe(SigningVerdict.Same);
        (await RecordAsync(scene, 2)).ShouldBe(SigningVerdict.Conflict);
        (await RecordAsync(scene, 2)).ShouldBe(SigningVerdict.Conflict);

        (await store.SigningLog.RollingHashAsync(scene.LaneId, Five, default)).ShouldBe(Scene.Hash(1));
        (await scene.HaltAsync()).ShouldBe(HaltCodes.ConflictingCheckpoint);
        await using var db = store.Db;
        (await db.SigningConflicts.SingleAsync(c => c.LaneId == scene.LaneId)).RollingHash.ShouldBe(Scene.Hash(2));
    }

    [Fact]
    public async Task Of_two_processes_that_record_different_hashes_at_once_only_one_may_sign()
    {
        var scene = await Scene.BeginAsync(store);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => RecordAsync(scene, (ulong)n % 2)));

        verdicts.Count(v => v is SigningVerdict.Fresh).ShouldBe(1);
        verdicts.Count(v => v is SigningVerdict.Conflict).ShouldBe(4);
    }

    [Fact]
    public async Task A_relayer_that_was_away_gets_what_it_missed_and_others_do_not_get_it_twice()
    {
        var scene = await Scene.BeginAsync(store);
        await RecordAsync(scene, 1);
        await store.SigningLog.SaveSignatureAsync(scene.LaneId, Five, new Epoch(1), Scene.Signature(1), default);

        await store.SigningLog.MarkSentAsync(scene.LaneId, Five, new Epoch(1), "bus");

        (await store.SigningLog.UnsentAsync(scene.LaneId, "bus", Sequence.None, TimeSpan.FromHours(1), 10, default)).ShouldBeEmpty();
        (await store.SigningLog.UnsentAsync(scene.LaneId, "http://elsewhere", Sequence.None, TimeSpan.FromHours(1), 10, default)).ShouldBe([(Five, Scene.Hash(1), new Epoch(1), Scene.Signature(1))]);
    }

    [Fact]
    public async Task No_signature_exists_without_its_row_in_the_log()
    {
        var scene = await Scene.BeginAsync(store);

        await Should.ThrowAsync<Npgsql.PostgresException>(() => store.SigningLog.SaveSignatureAsync(scene.LaneId, Five, new Epoch(1), Scene.Signature(1), default));
    }

    private Task<SigningVerdict> RecordAsync(Scene scene, ulong hash) => store.SigningLog.RecordAsync(scene.LaneId, Five, Scene.Hash(hash), default);

    [Fact]
    public async Task What_is_signed_under_an_old_epoch_only_is_signed_again_unless_it_is_delivered()
    {
        var scene = await Scene.BeginAsync(store);
        await RecordAsync(scene, 1);
        await store.SigningLog.SaveSignatureAsync(scene.LaneId, Five, new Epoch(1), Scene.Signature(1), default);

        (await AttestedAsync(1, delivered: 0)).ShouldBe(Five);
        (await AttestedAsync(2, delivered: 0)).ShouldBe(Sequence.None);
        (await AttestedAsync(2, delivered: 4)).ShouldBe(Sequence.None);
        (await AttestedAsync(2, delivered: 5)).ShouldBe(Five);

        Task<Sequence> AttestedAsync(ulong epoch, ulong delivered) =>
            store.SigningLog.AttestedAsync(scene.LaneId, new Epoch(epoch), new Sequence(delivered), default);
    }
}
