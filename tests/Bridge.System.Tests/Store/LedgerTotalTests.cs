using System.Numerics;
using Bridge.Core;
using Bridge.Store;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>The ledger's running totals are what the messages sum up to, whatever happens to the messages.</summary>
public sealed class LedgerTotalTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private LedgerStore Ledger => store.Get<LedgerStore>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Running_totals_are_the_full_sums_after_every_step_of_a_random_history_with_reorgs(int seed)
    {
        var scene = await Scene.BeginAsync(store);
        var lane = scene.Lane;
        await store.Directory.SaveAssetsAsync([Asset(lane.Source, "lock"), Asset(lane.Destination, "mint")], default);
        var history = new RandomHistory(store, scene, new Random(seed));
        var seen = new HashSet<(BigInteger, BigInteger)>();
        for (var step = 0; step < 120; step++)
        {
            var what = await history.StepAsync();
            var (sent, arrived) = await SumAsync(lane);
            var look = await Ledger.LookAsync(default);
            ((BigInteger)look.Carried.SingleOrDefault(carried => carried.Lane == lane).Amount).ShouldBe(sent, $"seed {seed}, step {step}: {what}");
            // A chain of which nothing is final yet has no account.
            foreach (var book in look.Books.Where(book => book.Chain == lane.Source || book.Chain == lane.Destination))
                (book.Sent, book.Arrived).ShouldBe(book.Chain == lane.Source ? (sent, BigInteger.Zero) : (BigInteger.Zero, arrived), $"seed {seed}, step {step}: {what}");
            seen.Add((sent, arrived));
        }
        seen.Count.ShouldBeGreaterThan(10, "the history moved both sums");
        history.Orphaned.ShouldBeGreaterThan(5, "messages were replaced by reorgs");
        (await Ledger.MiscountedAsync(default)).ShouldBeEmpty();
    }

    /// <summary>Statements as a rebuild and a person make them: many rows, any status, there and back.</summary>
    [Fact]
    public async Task Rows_that_go_come_back_or_change_by_any_statement_are_counted()
    {
        var scenes = new[] { await Scene.FinalAsync(store, 20), await Scene.FinalAsync(store, 20) };
        var random = new Random(7);
        string[] statuses = [.. Enum.GetNames<TransferStatus>().Where(status => status != "Orphaned")];
        await store.ExecuteAsync("CREATE TABLE put_aside AS SELECT * FROM message WHERE false");
        for (var step = 0; step < 40; step++)
        {
            var some = $"sequence % {random.Next(1, 5)} = 0 AND source_chain IN ({scenes[0].Lane.Source}, {scenes[1].Lane.Source})";
            await store.ExecuteAsync(random.Next(3) switch
            {
                0 => $"UPDATE message SET status = '{statuses[random.Next(statuses.Length)]}' WHERE {some}",
                1 => $"ALTER TABLE message DISABLE TRIGGER never_removed; INSERT INTO put_aside SELECT * FROM message m WHERE {some} AND NOT EXISTS (SELECT FROM put_aside p WHERE p.message_id = m.message_id); "
                    + $"ALTER TABLE transition DISABLE TRIGGER append_only; DELETE FROM transition WHERE message_id IN (SELECT message_id FROM put_aside); DELETE FROM message WHERE {some}; "
                    + "ALTER TABLE message ENABLE TRIGGER never_removed; ALTER TABLE transition ENABLE TRIGGER append_only",
                _ => "INSERT INTO message SELECT * FROM put_aside p WHERE NOT EXISTS (SELECT FROM message m WHERE m.message_id = p.message_id); DELETE FROM put_aside",
            });
            foreach (var scene in scenes)
            {
                var (sent, arrived) = await SumAsync(scene.Lane);
                (await TotalAsync(scene.Lane)).ShouldBe((sent, arrived), $"step {step}");
            }
        }
        (await Ledger.MiscountedAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_transaction_took_back_is_not_counted_and_what_went_past_the_triggers_is_found()
    {
        var scene = await Scene.FinalAsync(store, 3);
        await using (var connection = await store.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await new NpgsqlCommand($"UPDATE message SET status = 'Delivered' WHERE source_chain = {scene.Lane.Source}", connection).ExecuteNonQueryAsync();
            await transaction.RollbackAsync();
        }
        (await TotalAsync(scene.Lane)).ShouldBe((3000, 0));

        await store.ExecuteAsync($"SET session_replication_role = replica; UPDATE message SET status = 'Delivered' WHERE source_chain = {scene.Lane.Source} AND sequence = 2; SET session_replication_role = origin");
        (await Ledger.MiscountedAsync(default)).ShouldBe([$"lane {scene.Lane}: 3000 of asset 1 sent and 0 arrived by its totals, 3000 and 1000 by its messages"]);
        await store.ExecuteAsync($"SET session_replication_role = replica; UPDATE message SET status = 'Finalized' WHERE source_chain = {scene.Lane.Source} AND sequence = 2; SET session_replication_role = origin");
        (await Ledger.MiscountedAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_s_login_moves_the_totals_by_messages_and_by_nothing_else()
    {
        var scene = await Scene.FinalAsync(store, 3);
        foreach (var refused in new[] { "UPDATE ledger_total SET sent = 0", "DELETE FROM ledger_total", "INSERT INTO ledger_total VALUES (1, 2, 3, 4, 5)", "ALTER TABLE message DISABLE TRIGGER ledger_update" })
            (await store.RefusalAsync(refused, "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refused);
        await using (var connection = await store.Source.OpenConnectionAsync())
        {
            await new NpgsqlCommand(
                "SET ROLE bridge_node; CREATE TEMPORARY TABLE ledger_total (LIKE public.ledger_total INCLUDING ALL); "
                + $"UPDATE message SET status = 'Delivered' WHERE source_chain = {scene.Lane.Source}; RESET ROLE; DROP TABLE pg_temp.ledger_total", connection).ExecuteNonQueryAsync();
        }
        (await TotalAsync(scene.Lane)).ShouldBe((3000, 3000));
    }

    private static AssetRow Asset(ChainId chain, string mode) => new(chain, new AssetId(1), Scene.Someone(100), mode, "TKN", 18);

    /// <summary>From every message of the lane, by a statement of its own.</summary>
    private Task<(BigInteger Sent, BigInteger Arrived)> SumAsync(Lane lane) => PairAsync(
        "SELECT COALESCE(sum(amount) FILTER (WHERE status NOT IN ('Observed', 'Orphaned')), 0), COALESCE(sum(amount) FILTER (WHERE status = 'Delivered' OR status = 'Refunded'), 0) FROM message", lane);

    private Task<(BigInteger Sent, BigInteger Arrived)> TotalAsync(Lane lane) => PairAsync("SELECT COALESCE(sum(sent), 0), COALESCE(sum(arrived), 0) FROM ledger_total", lane);

    private async Task<(BigInteger Sent, BigInteger Arrived)> PairAsync(string sums, Lane lane)
    {
        await using var command = store.Source.CreateCommand($"{sums} WHERE source_chain = {lane.Source} AND destination_chain = {lane.Destination}");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetFieldValue<BigInteger>(0), reader.GetFieldValue<BigInteger>(1));
    }
}
