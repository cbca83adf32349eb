using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>The database is a copy of what the chains say: whatever is lost or wrong in it is read again, to the byte.</summary>
public class RebuildTests(SettledHistory running) : IClassFixture<SettledHistory>, IAsyncLifetime
{
    private const string Derived = "message, transition, delivery_event, block, lane, asset";

    private Database _database = null!;

    private World World => running.World;

    public async Task InitializeAsync() => _database = await World.RelayerDatabase.CopyAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_history_that_was_lost_is_read_again_byte_for_byte()
    {
        var before = await ExportAsync();
        before.Count(line => line.Contains("\"status\":\"Refunded\"", StringComparison.Ordinal)).ShouldBe(2);
        before.Count(line => line.Contains("\"kind\":\"Retried\"", StringComparison.Ordinal)).ShouldBe(2);
        before.Count(line => line.Contains("\"type\":\"message\"", StringComparison.Ordinal)).ShouldBeGreaterThan(240);
        await TamperAsync($"TRUNCATE {Derived} CASCADE");
        (await ExportAsync()).ShouldNotBe(before);

        (await RebuildAsync()).ShouldContain("put right");

        (await ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Without_a_cursor_the_chains_are_read_to_their_newest_block()
    {
        var before = await ExportAsync();
        await TamperAsync($"TRUNCATE chain_cursor, {Derived} CASCADE");

        await RebuildAsync();

        (await ExportAsync()).Where(IsNoChain).ShouldBe(before.Where(IsNoChain));

        static bool IsNoChain(string line) => !line.Contains("\"type\":\"chain\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stored_otherwise_is_shown_and_put_right_and_the_rest_keeps_its_moments()
    {
        var before = await ExportAsync();
        await _database.ExecuteHereAsync("CREATE SCHEMA kept; CREATE TABLE kept.transition AS SELECT * FROM transition");
        await TamperAsync("""
            UPDATE message SET transaction_hash = sha256('another') WHERE source_chain = 918001 AND sequence = 2;
            UPDATE message SET status = 'Finalized' WHERE source_chain = 918001 AND sequence = 3;
            DELETE FROM transition WHERE message_id = (SELECT message_id FROM message WHERE source_chain = 918001 AND sequence = 4);
            DELETE FROM message WHERE source_chain = 918001 AND sequence = 4;
            DELETE FROM delivery_event WHERE ctid = (SELECT min(ctid) FROM delivery_event WHERE kind = 'Delivered')
            """);
        var tampered = await ExportAsync();

        var (exitCode, compared) = await World.BridgeOnAsync(_database, "rebuild", "--config", Config(), "--dry-run");
        exitCode.ShouldBe(1, compared);
        compared.ShouldContain("4 stored otherwise. Nothing was changed.");
        (await ExportAsync()).ShouldBe(tampered);

        (await RebuildAsync()).ShouldContain("4 put right");
        (await ExportAsync()).ShouldBe(before);
        (await _database.CountAsync("""
            SELECT count(*) FROM kept.transition o JOIN message m USING (message_id) LEFT JOIN transition n USING (id, message_id, at, event, to_status)
            WHERE n.id IS NULL AND NOT (m.source_chain = 918001 AND m.sequence IN (2, 3, 4))
            """)).ShouldBe(0);
        (await RebuildAsync()).ShouldContain("all of them are stored alike");
    }

    [Fact]
    public async Task What_is_underway_goes_on_from_its_certificate()
    {
        await TamperAsync("DELETE FROM transition WHERE message_id = (SELECT message_id FROM message WHERE source_chain = 918001 AND sequence = 5); UPDATE message SET status = 'Observed' WHERE source_chain = 918001 AND sequence = 5");

        await RebuildAsync();

        (await _database.CountAsync("SELECT count(*) FROM message WHERE source_chain = 918001 AND sequence = 5 AND status = 'Delivered'")).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_rebuilt_while_a_role_runs_and_no_role_starts_beside_a_rebuild()
    {
        await using (var watcher = World.WatcherOf(_database))
        {
            watcher.Start();
            await Eventually.TrueAsync("the watcher to hold the run lock", async () =>
                await _database.CountAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 1, watcher.Tail);
            var (exitCode, output) = await World.BridgeOnAsync(_database, "rebuild", "--config", Config());
            exitCode.ShouldBe(2, output);
            output.ShouldContain("Stop every 'bridge run'");
        }

        await using var rebuild = new Npgsql.NpgsqlConnection(_database.ConnectionString);
        await rebuild.OpenAsync();
        await using (var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(108243533984373)", rebuild)) await command.ExecuteNonQueryAsync();
        var (refused, said) = await World.BridgeOnAsync(_database, "run", "--config", Config(), "--roles", "watch");
        refused.ShouldBe(2, said);
        said.ShouldContain("rebuild");
    }

    [Theory]
    [InlineData("UPDATE chain_cursor SET finalized_hash = sha256('another'), finalized_height = finalized_height - 1 WHERE chain_id = 918002", "a final block vanished")]
    [InlineData("UPDATE lane SET lane_id = sha256('another') WHERE source_chain = 918001", "other Bridge contracts")]
    [InlineData("CREATE FUNCTION forge() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.account = NULL; RETURN NEW; END'; CREATE TRIGGER forge BEFORE INSERT ON delivery_event FOR EACH ROW EXECUTE FUNCTION forge(); DELETE FROM delivery_event WHERE kind = 'Retried'", "Does a trigger")]
    public async Task A_rebuild_that_cannot_be_right_changes_nothing(string tamper, string said)
    {
        await TamperAsync(tamper);
        var tampered = await ExportAsync();

        var (exitCode, output) = await World.BridgeOnAsync(_database, "rebuild", "--config", Config());

        exitCode.ShouldBe(2, output);
        output.ShouldContain(said);
        (await ExportAsync()).ShouldBe(tampered);
        (await _database.CountAsync("SELECT count(*) FROM pg_namespace WHERE nspname = 'rebuild'")).ShouldBe(0);
    }

    private string Config() => World.ConfigWith("rebuild", World.Home.Url, World.Far.Url);

    private async Task<string> RebuildAsync()
    {
        var (exitCode, output) = await World.BridgeOnAsync(_database, "rebuild", "--config", Config());
        exitCode.ShouldBe(0, output);
        (await _database.CountAsync("SELECT count(*) FROM ledger_total t FULL JOIN ledger_counted c USING (source_chain, destination_chain, asset_id) WHERE (t.sent, t.arrived) IS DISTINCT FROM (c.sent, c.arrived)")).ShouldBe(0);
        return output;
    }

    private async Task<string[]> ExportAsync()
    {
        var (exitCode, output) = await World.BridgeOnAsync(_database, "audit", "export", "--config", Config());
        exitCode.ShouldBe(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Past the triggers that refuse it.</summary>
    private Task TamperAsync(string sql) => _database.ExecuteHereAsync($"SET session_replication_role = replica; {sql}");
}
