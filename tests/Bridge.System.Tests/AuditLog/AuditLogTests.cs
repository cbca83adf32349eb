using System.Globalization;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.AuditLog;

/// <summary>The log as the database keeps it: it tells of everything, and whoever alters anything is found out.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private readonly LocalSigner _operator = LocalSigner.FromPrivateKey(Scene.Hash(77).ToArray());

    public async Task InitializeAsync()
    {
        await _store.InitializeAsync();
        (await _store.Get<LogSequencer>().BeginAsync(default)).ShouldBeTrue();
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task An_altered_row_of_any_kind_is_named()
    {
        await FillAsync();
        (await VerifyAsync()).Faults.ShouldBeEmpty();
        LoggedRows.Alterations.Select(a => a.Table).Distinct().Order().ToList().ShouldBe(await KindsAsync(), customMessage: "one row of each kind is altered");

        foreach (var (table, column, value) in LoggedRows.Alterations)
        {
            var key = await TextAsync($"SELECT log_key(t) FROM {table} t ORDER BY 1 LIMIT 1");
            await SecretlyAsync($"CREATE TABLE kept AS SELECT * FROM {table}; UPDATE {table} t SET {column} = {value} WHERE log_key(t) = '{key}'");
            var faults = (await VerifyAsync()).Faults;
            faults.Count.ShouldBe(1, $"{table}.{column}: {string.Join(Environment.NewLine, faults)}");
            faults[0].ShouldStartWith($"{table} {key}: ");
            faults[0].ShouldContain(" is ");
            await SecretlyAsync($"DELETE FROM {table} t WHERE log_key(t) = '{key}'");
            (await VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldStartWith($"{table} {key}: it is gone");
            await SecretlyAsync($"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept k WHERE log_key(ROW(k.*)::{table}) = '{key}'; DROP TABLE kept");
            (await VerifyAsync()).Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_column_that_came_later_alters_no_row_until_something_stands_in_it()
    {
        await FillAsync();
        await _store.ExecuteAsync("ALTER TABLE lane_halt ADD COLUMN later text; SELECT log_watch('lane_halt', '{id}', '{}')");
        (await VerifyAsync()).Faults.ShouldBeEmpty();

        await SecretlyAsync("UPDATE lane_halt SET later = 'slipped in'");
        (await VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldStartWith("lane_halt 1: later is \"slipped in\"");
    }

    [Fact]
    public async Task A_row_that_was_slipped_in_and_a_trigger_that_is_off_are_named()
    {
        await FillAsync();
        await SecretlyAsync("INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES (81, 82, 'TEST', 'never told'); ALTER TABLE asset DISABLE TRIGGER log_update");

        (await VerifyAsync()).Faults.ShouldBe(["lane_halt 2: no leaf tells of it", "asset: nothing tells the log of its changes: the trigger log_update is off or gone"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_change_by_an_owner_who_forgot_the_triggers_is_told_and_named()
    {
        await FillAsync();
        await _store.ExecuteAsync("ALTER TABLE transition DISABLE TRIGGER append_only; UPDATE transition SET detail = 'another' WHERE id = 1; ALTER TABLE transition ENABLE TRIGGER append_only");
        await AppendAsync();

        (await VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldStartWith("transition 1: it was changed, as leaf ");
    }

    [Fact]
    public async Task A_history_that_was_rewritten_with_all_its_hashes_contradicts_what_was_signed()
    {
        await FillAsync();
        await SignAsync();
        var kept = (await _store.Get<LogReader>().CheckpointAsync(default))!.Checkpoint;
        await SecretlyAsync(
            """
            UPDATE transition SET event = 'Another' WHERE id = 1;
            UPDATE log_entry SET entry = replace(entry, '"event":"SourceObserved"', '"event":"Another"') WHERE kind = 'transition' AND key = '1';
            UPDATE log_entry SET leaf_hash = sha256('\x00'::bytea || convert_to(entry, 'UTF8'));
            """);
        (await VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldStartWith($"checkpoint of {kept.Size} leaves: the root was {kept.Root}");

        // Signed anew by the operator itself, it still contradicts what others kept.
        await SecretlyAsync("DELETE FROM log_checkpoint");
        await SignAsync();
        (await VerifyAsync()).Faults.ShouldBeEmpty();
        (await VerifyAsync(new LogExpectation(_operator.Address, [kept]))).Faults.ShouldHaveSingleItem().ShouldStartWith($"the kept checkpoint of {kept.Size} leaves: the root was");
    }

    [Fact]
    public async Task An_entry_a_leaf_and_a_checkpoint_that_were_altered_are_named()
    {
        await FillAsync(300);
        await SignAsync();
        await SecretlyAsync("UPDATE log_entry SET entry = replace(entry, '\"insert\"', '\"update\"') WHERE leaf_index = 3");
        (await VerifyAsync()).Faults.ShouldContain(fault => fault.StartsWith("leaf 3 (", StringComparison.Ordinal) && fault.Contains("not what was hashed"));
        await SecretlyAsync("UPDATE log_entry SET entry = replace(entry, '\"update\"', '\"insert\"') WHERE leaf_index = 3; UPDATE log_entry SET leaf_hash = sha256('x') WHERE leaf_index = 7");
        (await VerifyAsync()).Faults.ShouldContain("leaves 0 to 255: one of them is not what it was when their tile was full");
        await SecretlyAsync("UPDATE log_entry SET leaf_hash = sha256('\\x00'::bytea || convert_to(entry, 'UTF8')); UPDATE log_checkpoint SET origin = 'another.example/log'");
        (await VerifyAsync(new LogExpectation(_operator.Address, []))).Faults.ShouldHaveSingleItem().ShouldContain("is not signed by");
    }

    [Fact]
    public async Task Sequencers_at_once_that_are_killed_again_and_again_make_one_log_without_a_hole()
    {
        var scene = await Scene.BeginAsync(_store);
        using var done = new CancellationTokenSource();
        var sequencers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AppendUntilAsync(done.Token))).ToList();
        var killer = Task.Run(() => KillUntilAsync(done.Token));
        for (var n = 1; n <= 60; n++) await ReadAsync(scene, n * 20);
        await done.CancelAsync();
        await Task.WhenAll([.. sequencers, killer]);
        await AppendAsync();

        var report = await VerifyAsync();
        report.Faults.ShouldBeEmpty();
        (await _store.Get<LogReader>().SizeAsync(default)).ShouldBe(report.Size);
        (await TextAsync("SELECT count(*)::text FROM log_entry WHERE kind = 'message'")).ShouldBe("1200");
    }

    [Fact]
    public async Task What_a_transaction_took_back_is_not_told()
    {
        await FillAsync();
        var before = await _store.Get<LogReader>().SizeAsync(default);
        await using (var connection = await _store.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await new NpgsqlCommand("UPDATE validator_set SET is_current = false", connection).ExecuteNonQueryAsync();
            await transaction.RollbackAsync();
        }
        await AppendAsync();
        (await _store.Get<LogReader>().SizeAsync(default)).ShouldBe(before);
    }

    [Fact]
    public async Task A_node_s_login_cannot_keep_the_log_from_hearing_of_anything()
    {
        await FillAsync();
        foreach (var refused in new[] { "INSERT INTO log_pending (kind, key, change, told) VALUES ('lane', '1', 'insert', '{}')", "UPDATE log_entry SET entry = entry", "DELETE FROM log_entry", "UPDATE log_checkpoint SET line = line", "ALTER TABLE lane DISABLE TRIGGER log_insert" })
            (await _store.RefusalAsync(refused, "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refused);
        await using (var connection = await _store.Source.OpenConnectionAsync())
        {
            await new NpgsqlCommand(
                "SET ROLE bridge_node; CREATE TEMPORARY TABLE log_pending (kind text, key text, change text, told jsonb); INSERT INTO lane VALUES (93, 94, sha256('lane')); RESET ROLE; DROP TABLE pg_temp.log_pending", connection).ExecuteNonQueryAsync();
        }
        await AppendAsync();
        (await TextAsync("SELECT count(*)::text FROM log_entry WHERE kind = 'lane' AND key = '93:94'")).ShouldBe("1");
    }

    [Fact]
    public async Task What_moves_by_itself_is_not_told_and_a_setting_is()
    {
        await FillAsync();
        await _store.ExecuteAsync("UPDATE chain SET head_height = head_height + 1, seen_at = now(); UPDATE asset_limit SET inbound_available = 1; UPDATE message SET status = 'Certified' WHERE sequence = 1");
        await AppendAsync();
        (await TextAsync("SELECT count(*)::text FROM log_entry WHERE change = 'update'")).ShouldBe("0");
        await _store.ExecuteAsync("UPDATE asset_limit SET inbound_capacity = 500");
        await AppendAsync();
        var correction = AuditEntry.Parse(await TextAsync("SELECT entry FROM log_entry WHERE change = 'update'"));
        (correction.Kind, correction.Value("inboundCapacity")).ShouldBe(("asset_limit", "500"));
        correction.Supersedes.ShouldBe(ulong.Parse(await TextAsync("SELECT leaf_index::text FROM log_entry WHERE kind = 'asset_limit' AND change = 'insert'"), CultureInfo.InvariantCulture));
        (await VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Proofs_that_are_served_hold_against_every_size_the_log_had()
    {
        await FillAsync(130);
        var reader = _store.Get<LogReader>();
        var size = await reader.SizeAsync(default);
        size.ShouldBeGreaterThan(256UL, "a tile is full");
        var root = await reader.RootAsync(size, default);
        var entries = await reader.EntriesAsync(0, (int)size, default);
        MerkleHash.Root([.. entries.Select(entry => entry.Hash)]).ShouldBe(root);
        for (var earlier = 1UL; earlier <= size; earlier += 13)
            MerkleProof.ProvesConsistency(await reader.ConsistencyAsync(earlier, size, default), earlier, size, await reader.RootAsync(earlier, default), root).ShouldBeTrue($"{earlier} in {size}");
        var id = Hash32.Parse(await TextAsync("SELECT '0x' || encode(message_id, 'hex') FROM message WHERE sequence = 5"));
        var proven = await reader.ProofsAsync(id, size, default);
        proven.Count.ShouldBeGreaterThanOrEqualTo(2, "the message, and each step");
        foreach (var (leaf, proof) in proven) MerkleProof.ProvesInclusion(proof, leaf.Index, size, AuditEntry.LeafOf(leaf.Text), root).ShouldBeTrue();
    }

    /// <summary>A lane with traffic, one row of every other kind, and all of it in the log.</summary>
    private async Task FillAsync(int messages = 3)
    {
        var scene = await Scene.FinalAsync(_store, messages);
        await _store.Attestations.AcceptAsync(1, scene.Attestation(2, 1), Scene.Someone(1));
        await scene.CertifyAsync(2);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 2, 1)]);
        await _store.ExecuteAsync(LoggedRows.Insert);
        await AppendAsync();
    }

    private static async Task ReadAsync(Scene scene, int to) =>
        await scene.ReadSourceAsync((ulong)to, [.. Enumerable.Range(to - 19, 20).Select(n => scene.Send((ulong)n))]);

    private async Task AppendAsync()
    {
        while (await _store.Get<LogSequencer>().AppendAsync(default) > 0) { }
    }

    private async Task AppendUntilAsync(CancellationToken ct)
    {
        await using var own = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_store.ConnectionString) { ApplicationName = "sequencer" }.ConnectionString);
        var sequencer = new LogSequencer(own);
        while (!ct.IsCancellationRequested)
            try
            {
                await sequencer.AppendAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or CommitOutcomeUnknownException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
    }

    private async Task KillUntilAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _store.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sequencer' AND datname = current_database() ORDER BY random() LIMIT 1");
            await Task.Delay(15, CancellationToken.None);
        }
    }

    private async Task SignAsync()
    {
        var reader = _store.Get<LogReader>();
        var size = await reader.SizeAsync(default);
        var checkpoint = new LogCheckpoint("bridge.example/log", size, await reader.RootAsync(size, default));
        await _store.Get<LogStore>().SaveAsync(checkpoint, new NoteSignature("bridge.example", _operator.Address, NoteRole.Operator, 1, _operator.Sign(checkpoint.Digest(NoteRole.Operator, 1))), default);
    }

    private Task<LogReport> VerifyAsync(LogExpectation? expected = null) => LogVerifier.VerifyAsync(_store.ConnectionString, expected ?? LogExpectation.None, default);

    /// <summary>As a superuser does who does not want it to be seen.</summary>
    private Task<int> SecretlyAsync(string sql) => _store.ExecuteAsync($"SET session_replication_role = replica; {sql}; SET session_replication_role = origin");

    private async Task<List<string>> KindsAsync()
    {
        await using var command = _store.Source.CreateCommand("SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'log_insert' ORDER BY relname");
        await using var reader = await command.ExecuteReaderAsync();
        var kinds = new List<string>();
        while (await reader.ReadAsync()) kinds.Add(reader.GetString(0));
        return [.. kinds.Order()];
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _store.Source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
