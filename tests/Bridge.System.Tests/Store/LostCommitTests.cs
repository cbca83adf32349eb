using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>
/// The server commits and the answer is lost. Whatever is written can be written again: afterwards all of it is there, once. A proxy in front of
/// the real server forwards the COMMIT and breaks the connection in place of the answer.
/// </summary>
public sealed class LostCommitTests(StoreFixture store) : IClassFixture<StoreFixture>, IAsyncLifetime
{
    // With its end: every BEGIN has READ COMMITTED in it.
    private const string Commit = "COMMIT\0";

    private TcpProxy _proxy = null!;
    private ServiceProvider _behind = null!;

    public Task InitializeAsync()
    {
        var direct = new NpgsqlConnectionStringBuilder(store.ConnectionString);
        _proxy = TcpProxy.Before(direct.Host!, direct.Port);
        var through = new NpgsqlConnectionStringBuilder(store.ConnectionString) { Host = "127.0.0.1", Port = _proxy.Port }.ConnectionString;
        _behind = new ServiceCollection().AddBridgeStore(through).BuildServiceProvider();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _behind.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_cursor_that_moved_is_read_again_and_its_rows_are_there_once()
    {
        var scene = await Scene.BeginAsync(store);
        var facts = await scene.FactsAsync(scene.Lane.Source, 2, 0, [scene.Send(1), scene.Send(2)]);

        await LosesAsync(() => Get<ChainStore>().RecordAsync(facts, default));
        await Should.ThrowAsync<CursorMovedException>(() => Get<ChainStore>().RecordAsync(facts, default));

        (await Get<ChainStore>().CursorAsync(scene.Lane.Source, default))!.At.ShouldBe(facts.NewCursor);
        (await CountAsync($"message WHERE source_chain = {scene.Lane.Source}")).ShouldBe(2);
        (await CountAsync($"transition t JOIN message m USING (message_id) WHERE source_chain = {scene.Lane.Source}")).ShouldBe(2);
    }

    [Fact]
    public async Task What_became_final_is_final_once()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(1, [scene.Send(1)]);

        await TwiceAsync(() => Get<ChainStore>().FinalizeAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 1), default));

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Finalized);
        (await CountAsync($"transition t JOIN message m USING (message_id) WHERE source_chain = {scene.Lane.Source} AND to_status = 'Finalized'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_rewind_takes_back_once()
    {
        var scene = await Scene.BeginAsync(store);
        await scene.ReadSourceAsync(1, [scene.Send(1)]);

        await TwiceAsync(() => Get<ChainStore>().RewindAsync(scene.Lane.Source, Scene.At(scene.Lane.Source, 0), default));

        (await CountAsync($"transition t JOIN message m USING (message_id) WHERE source_chain = {scene.Lane.Source} AND to_status = 'Orphaned'")).ShouldBe(1);
        (await scene.HaltAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_attestation_counts_once_and_is_judged()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var attestation = scene.Attestation(1, 1);
        var id = await store.Attestations.OfferAsync(attestation, "test", default);

        await LosesAsync(() => Get<AttestationStore>().AcceptAsync(id, attestation, Scene.Someone(1)));
        (await Get<AttestationStore>().AcceptAsync(id, attestation, Scene.Someone(1))).ShouldBe(AcceptResult.Known);

        (await CountAsync($"attestation WHERE source_chain = {scene.Lane.Source}")).ShouldBe(1);
        (await CountAsync($"attestation_intake WHERE id = {id} AND judged_at IS NOT NULL AND refusal IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_is_stored_and_applied_once()
    {
        var scene = await Scene.FinalAsync(store, 1);
        var certificate = new Certificate(new Epoch(1), 7, new byte[192]);

        await LosesAsync(() => Get<AttestationStore>().CertifyAsync(scene.Lane, scene.Checkpoint(1), certificate));
        (await Get<AttestationStore>().CertifyAsync(scene.Lane, scene.Checkpoint(1), certificate)).ShouldBeFalse();

        (await scene.StatusAsync(1)).ShouldBe(TransferStatus.Certified);
        (await CountAsync($"transition t JOIN message m USING (message_id) WHERE source_chain = {scene.Lane.Source} AND to_status = 'Certified'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_recorded_to_be_signed_is_known_and_another_hash_is_still_refused()
    {
        var scene = await Scene.BeginAsync(store);
        var (one, two) = (new Checkpoint(scene.LaneId, new Sequence(1), Scene.Hash(1)), new Checkpoint(scene.LaneId, new Sequence(2), Scene.Hash(2)));

        await TwiceAsync(() => Get<SigningLogStore>().RecordAsync(scene.LaneId, [one, two], default));

        (await Get<SigningLogStore>().RecordAsync(scene.LaneId, new Sequence(2), Scene.Hash(3), default)).ShouldBe(SigningVerdict.Conflict);
    }

    [Fact]
    public async Task A_conflict_halts_and_is_evidence_once()
    {
        var scene = await Scene.BeginAsync(store);
        await store.SigningLog.RecordAsync(scene.LaneId, new Sequence(1), Scene.Hash(1), default);

        await TwiceAsync(() => Get<SigningLogStore>().RecordAsync(scene.LaneId, new Sequence(1), Scene.Hash(2), default));

        (await scene.HaltAsync()).ShouldBe(HaltCodes.ConflictingCheckpoint);
        (await CountAsync($"lane_halt WHERE source_chain = {scene.Lane.Source}")).ShouldBe(1);
        await using var db = store.Db;
        (await db.SigningConflicts.CountAsync(c => c.LaneId == scene.LaneId)).ShouldBe(1);
    }

    [Fact]
    public async Task Sets_assets_lanes_and_halts_are_stored_once()
    {
        var scene = await Scene.BeginAsync(store);
        var set = new ValidatorSet(new Epoch(1), [Scene.Someone(1)], 1);
        var asset = new AssetRow(scene.Lane.Source, new AssetId(1), Scene.Someone(3), "lock", "TST", 6);

        await TwiceAsync(() => Get<DirectoryStore>().SaveValidatorSetAsync(scene.Lane.Destination, Scene.Someone(2), set, current: true, default));
        await TwiceAsync(() => Get<DirectoryStore>().SaveAssetsAsync([asset], default));
        await TwiceAsync(() => Get<DirectoryStore>().SaveLaneAsync(scene.Lane, scene.LaneId, default));
        await TwiceAsync(() => Get<HaltStore>().HaltAsync(scene.Lane, HaltCodes.ForeignCertificate, "for the test", default));

        (await Get<DirectoryStore>().CurrentSetAsync(scene.Lane.Destination, default))!.Value.Set.Members.ShouldBe(set.Members);
        (await CountAsync($"lane_halt WHERE source_chain = {scene.Lane.Source}")).ShouldBe(1);
    }

    [Fact]
    public async Task A_statement_that_commits_itself_may_be_repeated_too()
    {
        var scene = await Scene.BeginAsync(store);
        await store.SigningLog.RecordAsync(scene.LaneId, new Sequence(1), Scene.Hash(1), default);

        await LosesAsync(() => Get<SigningLogStore>().SaveSignatureAsync(scene.LaneId, new Sequence(1), new Epoch(1), Scene.Signature(1), default), "INSERT INTO signature");
        await Get<SigningLogStore>().SaveSignatureAsync(scene.LaneId, new Sequence(1), new Epoch(1), Scene.Signature(1), default);

        (await store.SigningLog.UnsentAsync(scene.LaneId, "anyone", Sequence.None, TimeSpan.FromHours(1), 10, default)).Count.ShouldBe(1);
    }

    private T Get<T>() where T : notnull => _behind.GetRequiredService<T>();

    private async Task TwiceAsync(Func<Task> write)
    {
        await LosesAsync(write);
        await write();
    }

    /// <summary>The write is done and its caller is told that nobody knows.</summary>
    private async Task LosesAsync(Func<Task> write, string request = Commit)
    {
        var lost = _proxy.Lost;
        _proxy.LoseNextAnswerTo(request);
        var error = await Should.ThrowAsync<NpgsqlException>(write);
        if (request == Commit) error.ShouldBeOfType<CommitOutcomeUnknownException>();
        _proxy.Lost.ShouldBe(lost + 1);
    }

    private async Task<long> CountAsync(string from)
    {
        await using var command = store.Source.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
