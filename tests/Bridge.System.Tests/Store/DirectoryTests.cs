using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class DirectoryTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly Address Bridge = Scene.Someone(2);

    [Fact]
    public async Task A_halt_survives_a_restart_keeps_its_first_reason_and_ends_only_by_a_person()
    {
        var scene = await Scene.BeginAsync(store);
        await store.Halts.HaltAsync(scene.Lane, "FIRST", "the cause", default);
        await store.Halts.HaltAsync(scene.Lane, "SECOND", "a consequence", default);
        Npgsql.NpgsqlConnection.ClearAllPools();

        (await store.Halts.CurrentAsync(scene.Lane, default))!.Reason.ShouldBe("the cause");
        (await store.Halts.AllAsync(default)).ShouldContain(halt => halt.Lane == scene.Lane);

        await store.Halts.ResumeAsync(scene.Lane, "operator", "looked at it", default);
        (await store.Halts.CurrentAsync(scene.Lane, default)).ShouldBeNull();
        await using var db = store.Db;
        db.Halts.Single(h => h.SourceChain == scene.Lane.Source).ResumedWhy.ShouldBe("looked at it");
        await Should.ThrowAsync<InvalidOperationException>(() => store.Halts.ResumeAsync(scene.Lane, "operator", "again", default));
    }

    [Fact]
    public async Task A_rotation_leaves_one_set_in_force_and_the_old_one_readable()
    {
        var chain = (await Scene.BeginAsync(store)).Lane.Destination;
        var (old, fresh) = (Set(1, 4), Set(2, 5));
        await store.Directory.SaveValidatorSetAsync(chain, Bridge, old, current: true, default);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.Directory.SaveValidatorSetAsync(chain, Bridge, fresh, current: true, default)));

        var (bridge, current) = (await store.Directory.CurrentSetAsync(chain, default))!.Value;
        (bridge, current.Epoch, current.Threshold).ShouldBe((Bridge, fresh.Epoch, fresh.Threshold));
        (await store.Directory.SetAsync(chain, old.Epoch, default))!.Members.ShouldBe(old.Members);
        (await store.Directory.SetAsync(chain, new Epoch(3), default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_epoch_never_changes_its_members()
    {
        var chain = (await Scene.BeginAsync(store)).Lane.Destination;
        await store.Directory.SaveValidatorSetAsync(chain, Bridge, Set(1, 4), current: true, default);

        await Should.ThrowAsync<ConflictingFactException>(() => store.Directory.SaveValidatorSetAsync(chain, Bridge, Set(1, 5), current: true, default));

        (await store.Directory.CurrentSetAsync(chain, default))!.Value.Set.Members.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Assets_and_heartbeats_are_what_was_said_last()
    {
        var chain = (await Scene.BeginAsync(store)).Lane.Source;
        var asset = new AssetRow(chain, new AssetId(uint.MaxValue), Scene.Someone(3), "lock", "TKN", 18);
        await store.Directory.SaveAssetsAsync([asset], default);
        await store.Directory.SaveAssetsAsync([asset with { Mode = "native", Symbol = "NEW" }], default);
        (await store.Directory.AssetsAsync(default)).Where(a => a.Chain == chain).ShouldBe([asset with { Mode = "native", Symbol = "NEW" }]);

        await store.Directory.BeatAsync($"watch {chain}", "ok", null, default);
        var before = (await store.Directory.HeartbeatsAsync(default)).Single(b => b.Component == $"watch {chain}");
        await store.Directory.BeatAsync($"watch {chain}", "stalled", "no endpoint answers", default);
        var after = (await store.Directory.HeartbeatsAsync(default)).Single(b => b.Component == $"watch {chain}");
        (after.State, after.Detail).ShouldBe(("stalled", "no endpoint answers"));
        after.At.ShouldBeGreaterThan(before.At);
    }

    private static ValidatorSet Set(ulong epoch, int members)
    {
        var sorted = Enumerable.Range(1, members).Select(n => Scene.Someone((ulong)n)).Order().ToList();
        return new ValidatorSet(new Epoch(epoch), sorted, ValidatorSet.MinimumThreshold(members));
    }
}
