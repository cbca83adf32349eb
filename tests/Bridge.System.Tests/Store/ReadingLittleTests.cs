using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>What is asked at every block and at every scrape reads a few rows, in a database that nobody searches, however much is done and however much is underway.</summary>
public sealed class ReadingLittleTests : IAsyncLifetime
{
    private const long Few = 300;

    private static readonly Lane Lane = new(new ChainId(1), new ChainId(2));

    // 20,000 delivered, 2,000 executed and not final, 3,000 certified, and 3,000 final beyond the last certificate.
    private const string Filling =
        """
        INSERT INTO lane VALUES (1, 2, sha256('lane'));
        INSERT INTO chain_cursor VALUES (1, 1000, sha256('head'), 900, sha256('final'), now()), (2, 30000, sha256('head'), 20000, sha256('final'), now());
        INSERT INTO message (message_id, source_chain, destination_chain, sequence, wire, kind, asset_id, recipient, sender, amount, fee, block_height, block_hash, block_time, transaction_hash, log_index, status)
            SELECT sha256(n::text::bytea), 1, 2, n, 'wire', 1, 1, substr(sha256('recipient'), 1, 20), substr(sha256('sender'), 1, 20), 1, 0, n / 100, sha256('block'), now(), sha256('sent'), 0,
                CASE WHEN n <= 20000 THEN 'Delivered' WHEN n <= 22000 THEN 'Executed' WHEN n <= 25000 THEN 'Certified' ELSE 'Finalized' END
            FROM generate_series(1, 28000) n;
        INSERT INTO certificate (source_chain, destination_chain, lane_id, sequence, epoch, rolling_hash, signers, signatures)
            SELECT 1, 2, sha256('lane'), n, 1, sha256(n::text::bytea), sha256('signers'), sha256('r') || sha256('s') FROM generate_series(500, 25000, 500) n;
        INSERT INTO delivery_event (destination_chain, transaction_hash, log_index, kind, source_chain, first_sequence, last_sequence, rolling_hash, account, block_height, block_hash, block_time)
            SELECT 2, sha256(('delivery' || n)::bytea), 0, 'Delivered', 1, n - 499, n, sha256(n::text::bytea), substr(sha256('executor'), 1, 20), n, sha256('block'), now() FROM generate_series(500, 22000, 500) n;
        """;

    private readonly StoreFixture _store = new();

    public async Task InitializeAsync()
    {
        await _store.InitializeAsync();
        // Statistics are made by hand alone, so that no test depends on when the server makes them by itself.
        await _store.ExecuteAsync("ALTER TABLE message SET (autovacuum_enabled = off)");
        await _store.ExecuteAsync(Filling);
    }

    public Task DisposeAsync() => _store.DisposeAsync();

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_every_block_of_a_lane_asks_does_not_walk_what_is_underway(bool hasStatistics)
    {
        if (hasStatistics) await _store.ExecuteAsync("ANALYZE");
        (await ReadAsync(store => new TransferStore(store).ReconcileAsync(Lane, dryRun: true, default), shouldBe: 0)).ShouldBeLessThan(Few);
        (await ReadAsync(async store => (int)(await new TransferStore(store).LastSentAsync(Lane, 50, default)).Value, shouldBe: 5099)).ShouldBeLessThan(Few);
        (await ReadAsync(async store => (int)(await new TransferStore(store).DeliveredAsync(Lane, default)).Value, shouldBe: 20000)).ShouldBeLessThan(Few);
        (await ReadAsync(async store => (int)(await new TransferStore(store).FinalizedHeadAsync(Lane, default))!.Sequence.Value, shouldBe: 28000)).ShouldBeLessThan(Few);
        (await ReadAsync(async store => (await new TransferStore(store).PlacedAsync(Lane, new Sequence(24050), new Sequence(24099), default)).Count, shouldBe: 100)).ShouldBeLessThan(Few);
        var id = (await new TransferStore(_store.Source).RollingHashAsync(Lane, new Sequence(17000), default))!.Value;
        (await ReadAsync(async store => (int)(await new TransferStore(store).SequenceAsync(Lane, id, default))!.Value.Value, shouldBe: 17000)).ShouldBeLessThan(Few);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_change_of_some_statuses_does_not_walk_all_messages(bool hasStatistics)
    {
        if (hasStatistics) await _store.ExecuteAsync("ANALYZE");
        var (first, last) = (new Sequence(25001), new Sequence(28000));
        var read = await ReadAsync(async store => (await new TransferStore(store).ApplyAsync(Lane, first, last, TransferEvent.QuorumReached, null, default)).Applied, shouldBe: 3000);
        read.ShouldBeLessThan(3 * 3000);
    }

    [Fact]
    public async Task A_scrape_does_not_walk_what_is_done()
    {
        await _store.ExecuteAsync("UPDATE message SET status = 'Delivered' WHERE sequence <= 27950");
        await _store.ExecuteAsync("VACUUM ANALYZE message");
        var read = await ReadAsync(async store => (int)(await new StandingQueries(store).ReadAsync(default)).Backlog.Sum(lane => lane.Count), shouldBe: 50);
        read.ShouldBeLessThan(Few);
    }

    /// <summary>Rows of messages and entries of their indexes that one question reads, by the server's own count.</summary>
    private async Task<long> ReadAsync(Func<NpgsqlDataSource, Task<int>> ask, int shouldBe)
    {
        var before = await CountAsync();
        // A connection of its own, whose end has the server count what it did.
        await using (var alone = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_store.ConnectionString) { Pooling = false }.ConnectionString)) (await ask(alone)).ShouldBe(shouldBe);
        var after = before;
        await Eventually.TrueAsync("the server to count", async () => (after = await CountAsync()) > before, () => "");
        return after - before;
    }

    private async Task<long> CountAsync()
    {
        await using var count = _store.Source.CreateCommand(
            "SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = 'message') + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'message')");
        return Convert.ToInt64(await count.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
