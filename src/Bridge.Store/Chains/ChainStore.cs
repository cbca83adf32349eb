using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What the watcher of one chain writes. The cursor moves in the same commit as the rows it covers.</summary>
public sealed class ChainStore(NpgsqlDataSource source)
{
    private const ulong BlocksKeptBelowFinality = 256;

    public async Task<Cursor?> CursorAsync(ChainId chain, CancellationToken ct) => (await source.QueryAsync(
        "SELECT height, hash, finalized_height, finalized_hash FROM chain_cursor WHERE chain_id = $1",
        row => new Cursor(chain, new BlockRef(row.Number(0), row.Hash(1)), row.NumberOrNull(2) is { } height ? new BlockRef(height, row.Hash(3)) : null),
        ct, chain)).SingleOrDefault();

    /// <summary>Puts the cursor where reading begins. Keeps the one that exists, if any.</summary>
    public Task StartAsync(ChainId chain, BlockRef at, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var started = await connection.ExecuteAsync(
            "INSERT INTO chain_cursor (chain_id, height, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, chain, at.Height, at.Hash);
        if (started > 0) await FactWriter.BlocksAsync(connection, chain, [at], ct);
        return started;
    }, ct);

    /// <exception cref="CursorMovedException">Another process was faster; nothing was recorded.</exception>
    public Task RecordAsync(ChainFacts facts, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var moved = await connection.ExecuteAsync(
            "UPDATE chain_cursor SET height = $4, hash = $5, updated_at = now() WHERE chain_id = $1 AND height = $2 AND hash = $3",
            ct, facts.Chain, facts.Previous.Height, facts.Previous.Hash, facts.NewCursor.Height, facts.NewCursor.Hash);
        if (moved == 0) throw new CursorMovedException(facts.Chain);

        await FactWriter.BlocksAsync(connection, facts.Chain, facts.Blocks.Select(b => new BlockRef(b.Height, b.Hash)), ct);
        foreach (var sent in facts.Sent) await FactWriter.SentAsync(connection, sent, ct);
        foreach (var deferred in facts.Deferred) await FactWriter.DeferredAsync(connection, deferred, ct);
        foreach (var retried in facts.Retried) await FactWriter.RetriedAsync(connection, retried, ct);
        foreach (var delivered in facts.Delivered) await FactWriter.DeliveredAsync(connection, delivered, ct);
        foreach (var lane in facts.Delivered.Select(d => d.Lane).Distinct()) await DeliveryProgress.ObservedAsync(connection, lane, ct);
        return moved;
    }, ct);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<BlockRef>> RecentBlocksAsync(ChainId chain, int count, CancellationToken ct) => await source.QueryAsync(
        "SELECT height, hash FROM block WHERE chain_id = $1 ORDER BY height DESC LIMIT $2", row => new BlockRef(row.Number(0), row.Hash(1)), ct, chain, count);

    /// <summary>Goes back to a block that is still on the chain. What was final and is gone halts its lane.</summary>
    public Task<RewindResult> RewindAsync(ChainId chain, BlockRef ancestor, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("SELECT 1 FROM chain_cursor WHERE chain_id = $1 FOR UPDATE", ct, chain);
        var detail = $"block {ancestor.Height + 1} of chain {chain} was replaced";
        var orphaned = ApplyResult.None;
        foreach (var lane in await LanesAsync(connection, "source_chain", chain, ct))
            orphaned = orphaned.With(await StatusChange.OrphanAsync(connection, lane, ancestor.Height, detail, ct));
        var dropped = await DeliveryProgress.DropAsync(connection, chain, ancestor.Height, detail, ct);

        await connection.ExecuteAsync("DELETE FROM block WHERE chain_id = $1 AND height > $2", ct, chain, ancestor.Height);
        await connection.ExecuteAsync(
            """
            UPDATE chain_cursor SET height = $2, hash = $3, updated_at = now(),
                finalized_hash = CASE WHEN finalized_height > $2 THEN $3 ELSE finalized_hash END, finalized_height = LEAST(finalized_height, $2)
            WHERE chain_id = $1
            """, ct, chain, ancestor.Height, ancestor.Hash);
        return new RewindResult(orphaned.Applied, dropped.Applied, orphaned.Halted || dropped.Halted);
    }, ct);

    /// <summary>The assets of what would become final at a height.</summary>
    public async Task<IReadOnlyList<AssetId>> AssetsToFinalizeAsync(ChainId chain, ulong height, CancellationToken ct) => await source.QueryAsync(
        "SELECT DISTINCT asset_id FROM message WHERE source_chain = $1 AND status = 'Observed' AND block_height <= $2",
        row => new AssetId((uint)row.GetInt64(0)), ct, chain, height);

    /// <summary>Moves finality up to a block at or below the cursor, never back. Returns what became final of the messages sent here.</summary>
    public Task<IReadOnlyList<LaneRange>> FinalizeAsync(ChainId chain, BlockRef finalized, CancellationToken ct) => source.InTransactionAsync<IReadOnlyList<LaneRange>>(async connection =>
    {
        var moved = await connection.ExecuteAsync(
            "UPDATE chain_cursor SET finalized_height = $2, finalized_hash = $3, updated_at = now() WHERE chain_id = $1 AND height >= $2 AND (finalized_height IS NULL OR finalized_height < $2)",
            ct, chain, finalized.Height, finalized.Hash);
        if (moved == 0) return [];

        var ranges = await connection.QueryAsync(
            "SELECT source_chain, destination_chain, min(sequence), max(sequence) FROM message WHERE source_chain = $1 AND status = 'Observed' AND block_height <= $2 GROUP BY 1, 2",
            row => new LaneRange(row.Lane(0, 1), row.Sequence(2), row.Sequence(3)), ct, chain, finalized.Height);
        foreach (var range in ranges)
            await StatusChange.ApplyAsync(connection, range.Lane, range.First, range.Last, TransferEvent.SourceFinalized, $"block {finalized.Height} is final", ct);
        foreach (var lane in await LanesAsync(connection, "destination_chain", chain, ct)) await DeliveryProgress.FinalizedAsync(connection, lane, ct);
        await connection.ExecuteAsync("DELETE FROM block WHERE chain_id = $1 AND height < $2", ct, chain, Math.Max(finalized.Height, BlocksKeptBelowFinality) - BlocksKeptBelowFinality);
        return ranges;
    }, ct);

    private static Task<List<Lane>> LanesAsync(NpgsqlConnection connection, string end, ChainId chain, CancellationToken ct) =>
        connection.QueryAsync($"SELECT source_chain, destination_chain FROM lane WHERE {end} = $1 ORDER BY 1, 2", row => row.Lane(0, 1), ct, chain);
}
