using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.SystemTests.Store;

/// <summary>The journal beside a real database that forgot, was changed, or is used by somebody else with the same key.</summary>
public sealed class SigningRecordTests(StoreFixture store) : IClassFixture<StoreFixture>, IDisposable
{
    private static readonly Sequence Five = new(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-record-").FullName;
    private readonly LocalSigner _key = LocalSigner.FromPrivateKey(Keccak256.Hash("a validator of the record tests"u8).ToArray());

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_a_database_forgot_is_refused_by_the_journal_and_halts_the_lane_with_both_as_evidence()
    {
        var scene = await Scene.BeginAsync(store);
        using var journal = Open();
        journal.Record(scene.LaneId, Five, Scene.Hash(1));

        await Should.ThrowAsync<LyingSourceException>(() => Record(journal).RecordAsync(scene.Lane, [At(scene, 5, 2)], default));

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ConflictingCheckpoint);
        (await store.SigningLog.RollingHashAsync(scene.LaneId, Five, default)).ShouldBe(Scene.Hash(1));
        await using var db = store.Db;
        (await db.SigningConflicts.SingleAsync(c => c.LaneId == scene.LaneId)).RollingHash.ShouldBe(Scene.Hash(2));
    }

    [Fact]
    public async Task What_the_database_refuses_does_not_reach_the_journal()
    {
        var scene = await Scene.BeginAsync(store);
        using var journal = Open();
        await store.SigningLog.RecordAsync(scene.LaneId, Five, Scene.Hash(1), default);

        await Should.ThrowAsync<LyingSourceException>(() => Record(journal).RecordAsync(scene.Lane, [At(scene, 4, 4), At(scene, 5, 2)], default));

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ConflictingCheckpoint);
        journal.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_journal_holds_it_before_the_database_does()
    {
        var scene = await Scene.BeginAsync(store);
        using var journal = Open();
        await store.ExecuteAsync("CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''for the test''; END'");
        await store.ExecuteAsync("CREATE TRIGGER no_log BEFORE INSERT ON signing_log EXECUTE FUNCTION no_log()");
        try
        {
            await Should.ThrowAsync<Npgsql.PostgresException>(() => Record(journal).RecordAsync(scene.Lane, [At(scene, 5, 1)], default));
        }
        finally
        {
            await store.ExecuteAsync("DROP TRIGGER no_log ON signing_log");
            await store.ExecuteAsync("DROP FUNCTION no_log");
        }

        journal.Find(scene.LaneId, Five).ShouldBe(Scene.Hash(1));
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("local", false)]
    public async Task A_journal_that_lacks_what_the_database_has_stops_the_start_of_production(string environment, bool stops)
    {
        var scene = await Scene.BeginAsync(store);
        await store.SigningLog.RecordAsync(scene.LaneId, Five, Scene.Hash(1), default);
        using var journal = Open();
        var check = new JournalCheck(journal, store.SigningLog, new BridgeOptions { Environment = environment }, NullLogger<JournalCheck>.Instance);

        if (stops) (await Should.ThrowAsync<JournalException>(() => check.CheckAsync(default))).Message.ShouldContain("bridge journal rebuild");
        else await check.CheckAsync(default);

        journal.Find(scene.LaneId, Five).ShouldBe(stops ? (Hash32?)null : Scene.Hash(1));
    }

    [Fact]
    public async Task A_journal_that_contradicts_the_database_stops_every_start()
    {
        var scene = await Scene.BeginAsync(store);
        await store.SigningLog.RecordAsync(scene.LaneId, Five, Scene.Hash(1), default);
        using var journal = Open();
        journal.Record([At(scene, 5, 2)]);

        (await Should.ThrowAsync<JournalException>(() =>
            new JournalCheck(journal, store.SigningLog, new BridgeOptions { Environment = "local" }, NullLogger<JournalCheck>.Instance).CheckAsync(default))).Message.ShouldContain("different rolling hashes");
    }

    [Fact]
    public async Task A_database_that_is_older_than_the_journal_starts()
    {
        var scene = await Scene.BeginAsync(store);
        using var journal = Open();
        journal.Record(await store.SigningLog.AllAsync(default));
        journal.Record([At(scene, 6, 6)]);

        await new JournalCheck(journal, store.SigningLog, new BridgeOptions(), NullLogger<JournalCheck>.Instance).CheckAsync(default);

        JournalComparison.Of(journal, await store.SigningLog.AllAsync(default)).Forgotten.ShouldBe(1);
    }

    [Fact]
    public async Task An_attestation_by_our_key_that_the_journal_does_not_know_stops_the_signing_for_good()
    {
        var scene = await Scene.FinalAsync(store, 2);
        using var journal = Open();
        var doppelganger = new Doppelganger(new AttesterKey(_key), journal, store.Attestations, TimeProvider.System);
        journal.Record([scene.Checkpoint(1)]);
        await AttestAsync(scene, 1);
        await doppelganger.RequireAloneAsync(default);

        await AttestAsync(scene, 2);
        var later = new Doppelganger(new AttesterKey(_key), journal, store.Attestations, TimeProvider.System);
        (await Should.ThrowAsync<JournalException>(() => later.RequireAloneAsync(default))).Message.ShouldContain("another process signs with this key");
        journal.Record([scene.Checkpoint(2)]);
        await Should.ThrowAsync<JournalException>(() => later.RequireAloneAsync(default));

        await new Doppelganger(new AttesterKey(_key), journal, store.Attestations, TimeProvider.System).RequireAloneAsync(default);
    }

    private SigningJournal Open() => new(Path.Combine(_folder, "journal"), NullLogger.Instance);

    private SigningRecord Record(SigningJournal journal) => new(journal, store.SigningLog);

    private static Checkpoint At(Scene scene, ulong sequence, ulong hash) => new(scene.LaneId, new Sequence(sequence), Scene.Hash(hash));

    private async Task AttestAsync(Scene scene, ulong sequence)
    {
        var attestation = scene.Attestation(sequence, 1);
        await store.Attestations.AcceptAsync(await store.Attestations.OfferAsync(attestation, "test", default), attestation, _key.Address);
    }
}
