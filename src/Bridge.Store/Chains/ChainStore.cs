using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What the watcher of one chain writes. The cursor moves in the same commit as the rows it covers.</summary>
public sealed class ChainStore(NpgsqlDataSource source)
{
    private const ulong BlocksKeptBelowFinality = 256;

    private const string Cursors = "SELECT chain_id, height, hash, finalized_height, finalized_hash FROM chain_cursor";

    public async Task<Cursor?> CursorAsync(ChainId chain, CancellationToken ct) =>
        (await source.QueryAsync($"{Cursors} WHERE chain_id = $1", ReadCursor, ct, chain)).SingleOrDefault();

    /// <summary>Of every chain that was ever read.</summary>
    public async Task<IReadOnlyList<Cursor>> CursorsAsync(CancellationToken ct) => await source.QueryAsync(Cursors, ReadCursor, ct);

    /// <summary>Puts the cursor where reading begins. Keeps the one that exists, if any.</summary>
    public Task StartAsync(ChainId chain, BlockRef at, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var started = await connection.ExecuteAsync(
            "INSERT INTO chain_cursor (chain_id, height, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, chain, at.Height, at.Hash);
        if (started > 0) await FactWriter.BlocksAsync(connection, chain, [at], ct);
        return started;
    }, ct);

    /// <exception cref="CursorMovedException">Another process was faster; nothing was recorded.</exception>
    /// <exception cref="ContradictedMessageException">A message contradicts a stored one that is not final yet.</exception>
    /// <exception cref="ConflictingFactException">A lane has another id here.</exception>
    /// <exception cref="ArgumentException">A fact lies outside the range, or belongs to another chain.</exception>
    public Task RecordAsync(ChainFacts facts, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        FactRange.Check(facts);
        var moved = await connection.ExecuteAsync(
            "UPDATE chain_cursor SET height = $4, hash = $5, updated_at = now() WHERE chain_id = $1 AND height = $2 AND hash = $3",
            ct, facts.Chain, facts.Previous.Height, facts.Previous.Hash, facts.NewCursor.Height, facts.NewCursor.Hash);
        if (moved == 0) throw new CursorMovedException(facts.Chain);

        await FactWriter.BlocksAsync(connection, facts.Chain, facts.Blocks.Select(b => new BlockRef(b.Height, b.Hash)), ct);
        await SentWriter.WriteAsync(connection, facts.Sent, ct);
        foreach (var registered in facts.Registered) await FactWriter.RegisteredAsync(connection, facts.Chain, registered, ct);
        foreach (var deferred in facts.Deferred) await FactWriter.DeferredAsync(connection, deferred, ct);
        foreach (var retried in facts.Retried) await FactWriter.RetriedAsync(connection, retried, ct);
        foreach (var refunded in facts.Refunded) await FactWriter.RefundedAsync(connection, refunded, ct);
        foreach (var delivered in facts.Delivered) await FactWriter.DeliveredAsync(connection, delivered, ct);
        var lanes = facts.Delivered.Select(d => d.Lane).Concat(facts.Retried.Select(r => r.Lane)).Concat(facts.Refunded.Select(r => r.Lane));
        foreach (var lane in lanes.Distinct().OrderBy(lane => lane.Source)) await LaneProgress.CatchUpAsync(connection, lane, ct);
        return moved;
    }, ct);

    /// <summary>Stores what is missing of final blocks that the cursor has passed; the cursor stays where it is.</summary>
    /// <param name="dryRun">Only says what is missing.</param>
    /// <exception cref="CursorMovedException">The blocks are not final here.</exception>
    /// <exception cref="ConflictingFactException">A fact contradicts a stored one.</exception>
    public async Task<Backfilled> BackfillAsync(ChainFacts facts, bool dryRun, CancellationToken ct)
    {
        FactRange.Check(facts);
        return await source.InTransactionAsync(async connection =>
        {
            // Neither a rewind nor another backfill meanwhile.
            var final = (await connection.QueryAsync("SELECT COALESCE(finalized_height, 0) FROM chain_cursor WHERE chain_id = $1 FOR UPDATE", row => row.Number(0), ct, facts.Chain)).SingleOrDefault();
            if (final < facts.NewCursor.Height) throw new CursorMovedException(facts.Chain);
            var missing = await MissingFacts.OfAsync(connection, facts, ct);
            if (!dryRun) await missing.WriteAsync(connection, ct);
            return new Backfilled(missing.Known, missing.Words());
        }, ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<BlockRef>> RecentBlocksAsync(ChainId chain, int count, CancellationToken ct) => await source.QueryAsync(
        "SELECT height, hash FROM block WHERE chain_id = $1 ORDER BY height DESC LIMIT $2", row => new BlockRef(row.Number(0), row.Hash(1)), ct, chain, count);

    /// <summary>Goes back to a block that is still on the chain. If that is below the final one, every lane from this chain is halted.</summary>
    /// <param name="why">What the history says of what is taken back; by default that its block was replaced.</param>
    /// <exception cref="CursorMovedException">The cursor is below that block already.</exception>
    /// <exception cref="ConflictingFactException">Another block is stored at that height.</exception>
    public Task<RewindResult> RewindAsync(ChainId chain, BlockRef ancestor, CancellationToken ct, string? why = null) => source.InTransactionAsync(async connection =>
    {
        var (height, final) = (await connection.QueryAsync(
            "SELECT height, finalized_height, finalized_hash FROM chain_cursor WHERE chain_id = $1 FOR UPDATE",
            row => (row.Number(0), row.NumberOrNull(1) is { } at ? new BlockRef(at, row.Hash(2)) : (BlockRef?)null), ct, chain)).SingleOrDefault();
        if (height < ancestor.Height) throw new CursorMovedException(chain);
        await RequireStoredForkAsync(connection, chain, ancestor, ct);
        var detail = why ?? $"block {ancestor.Height + 1} of chain {chain} was replaced";
        var orphaned = ApplyResult.None;
        var vanished = final is { } gone && gone.Height > ancestor.Height ? $"{detail}, although block {gone} was final" : null;
        foreach (var lane in await LanesAsync(connection, "source_chain", chain, ct))
        {
            if (vanished is not null) await Exposure.HaltAsync(connection, lane, ancestor.Height, vanished, ct);
            orphaned = orphaned.With(await StatusChange.OrphanAsync(connection, lane, ancestor.Height, detail, ct));
        }
        var dropped = await DeliveryProgress.DropAsync(connection, chain, ancestor.Height, detail, ct);

        await connection.ExecuteAsync("DELETE FROM block WHERE chain_id = $1 AND height > $2", ct, chain, ancestor.Height);
        await connection.ExecuteAsync("DELETE FROM asset_registration WHERE chain_id = $1 AND block_height > $2", ct, chain, ancestor.Height);
        await connection.ExecuteAsync(
            """
            UPDATE chain_cursor SET height = $2, hash = $3, updated_at = now(),
                finalized_hash = CASE WHEN finalized_height > $2 THEN $3 ELSE finalized_hash END, finalized_height = CASE WHEN finalized_height > $2 THEN $2 ELSE finalized_height END
            WHERE chain_id = $1
            """, ct, chain, ancestor.Height, ancestor.Hash);
        return new RewindResult(orphaned.Applied, dropped.Applied, vanished is not null || orphaned.Halted || dropped.Halted);
    }, ct);

    /// <summary>Halts every lane from a chain of which no stored block is left.</summary>
    public Task HaltAllAsync(ChainId chain, ulong above, string what, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var lanes = await LanesAsync(connection, "source_chain", chain, ct);
        foreach (var lane in lanes) await Exposure.HaltAsync(connection, lane, above, what, ct);
        return lanes.Count;
    }, ct);

    /// <summary>The assets whose registration on any chain is final.</summary>
    public async Task<IReadOnlyList<AssetId>> RegisteredAssetsAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT DISTINCT asset_id FROM asset_registration r JOIN chain_cursor c USING (chain_id) WHERE r.block_height <= c.finalized_height ORDER BY 1",
        row => new AssetId((uint)row.GetInt64(0)), ct);

    /// <summary>The assets of what would become final at a height.</summary>
    public async Task<IReadOnlyList<AssetId>> AssetsToFinalizeAsync(ChainId chain, ulong height, CancellationToken ct) => await source.QueryAsync(
        "SELECT DISTINCT asset_id FROM message WHERE source_chain = $1 AND status = 'Observed' AND block_height <= $2",
        row => new AssetId((uint)row.GetInt64(0)), ct, chain, height);

    /// <summary>Moves finality up, never back. Returns what became final of the messages sent here.</summary>
    /// <exception cref="CursorMovedException">The block is above the cursor, which another process moved back.</exception>
    /// <exception cref="ConflictingFactException">Another block is stored at that height.</exception>
    public Task<IReadOnlyList<LaneRange>> FinalizeAsync(ChainId chain, BlockRef finalized, CancellationToken ct) => source.InTransactionAsync<IReadOnlyList<LaneRange>>(async connection =>
    {
        var height = (await connection.QueryAsync("SELECT height FROM chain_cursor WHERE chain_id = $1 FOR UPDATE", row => row.Number(0), ct, chain)).SingleOrDefault();
        if (height < finalized.Height) throw new CursorMovedException(chain);
        await RequireStoredForkAsync(connection, chain, finalized, ct);
        var moved = await connection.ExecuteAsync(
            "UPDATE chain_cursor SET finalized_height = $2, finalized_hash = $3, updated_at = now() WHERE chain_id = $1 AND (finalized_height IS NULL OR finalized_height < $2)",
            ct, chain, finalized.Height, finalized.Hash);
        if (moved == 0) return [];

        var ranges = await connection.QueryAsync(
            "SELECT source_chain, destination_chain, min(sequence), max(sequence) FROM message WHERE source_chain = $1 AND status = 'Observed' AND block_height <= $2 GROUP BY 1, 2",
            row => new LaneRange(row.Lane(0, 1), row.Sequence(2), row.Sequence(3)), ct, chain, finalized.Height);
        foreach (var range in ranges)
        {
            await StatusChange.ApplyAsync(connection, range.Lane, range.First, range.Last, TransferEvent.SourceFinalized, $"block {finalized.Height} is final", ct);
            await LaneProgress.CatchUpAsync(connection, range.Lane, ct);
        }
        foreach (var lane in await LanesAsync(connection, "destination_chain", chain, ct)) await LaneProgress.CatchUpAsync(connection, lane, ct);
        await connection.ExecuteAsync("DELETE FROM block WHERE chain_id = $1 AND height < $2", ct, chain, Math.Max(finalized.Height, BlocksKeptBelowFinality) - BlocksKeptBelowFinality);
        return ranges;
    }, ct);

    private static Cursor ReadCursor(NpgsqlDataReader row) => new(
        new ChainId(row.Number(0)), new BlockRef(row.Number(1), row.Hash(2)), row.NumberOrNull(3) is { } height ? new BlockRef(height, row.Hash(4)) : null);

    private static async Task RequireStoredForkAsync(NpgsqlConnection connection, ChainId chain, BlockRef block, CancellationToken ct)
    {
        var stored = await connection.QueryAsync("SELECT hash FROM block WHERE chain_id = $1 AND height = $2", row => row.Hash(0), ct, chain, block.Height);
        if (stored.Count > 0 && stored[0] != block.Hash)
            throw new ConflictingFactException($"chain {chain}: block {block} is not the stored one, {stored[0]}");
    }

    private static Task<List<Lane>> LanesAsync(NpgsqlConnection connection, string end, ChainId chain, CancellationToken ct) =>
        connection.QueryAsync($"SELECT source_chain, destination_chain FROM lane WHERE {end} = $1 ORDER BY 1, 2", row => row.Lane(0, 1), ct, chain);
}
