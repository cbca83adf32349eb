using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Writes single facts inside the caller's transaction. Writing one again changes nothing.</summary>
internal static class FactWriter
{
    private const string EventColumns =
        "INSERT INTO delivery_event (destination_chain, transaction_hash, log_index, kind, source_chain, first_sequence, last_sequence, rolling_hash, account, reason, return_sequence, block_height, block_hash, block_time, retry_at)"
        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        + " ON CONFLICT (destination_chain, transaction_hash, log_index) DO UPDATE SET block_height = EXCLUDED.block_height, block_hash = EXCLUDED.block_hash, block_time = EXCLUDED.block_time";

    public static Task BlocksAsync(NpgsqlConnection connection, ChainId chain, IEnumerable<BlockRef> blocks, CancellationToken ct)
    {
        var list = blocks.ToList();
        return connection.ExecuteAsync(
            "INSERT INTO block (chain_id, height, hash) SELECT $1, b.height, b.hash FROM unnest($2::bigint[], $3::bytea[]) AS b(height, hash)"
            + " ON CONFLICT (chain_id, height) DO UPDATE SET hash = EXCLUDED.hash",
            ct, chain, list.Select(b => checked((long)b.Height)).ToArray(), list.Select(b => b.Hash.ToArray()).ToArray());
    }

    public static Task DeliveredAsync(NpgsqlConnection connection, DeliveredFact fact, CancellationToken ct) =>
        EventAsync(connection, "Delivered", fact.Lane, fact.First, fact.Last, fact.RollingHash, fact.Deliverer, null, null, fact.Block, fact.Transaction, fact.LogIndex, ct);

    public static Task DeferredAsync(NpgsqlConnection connection, DeferredFact fact, CancellationToken ct) =>
        EventAsync(connection, "Deferred", fact.Lane, fact.Sequence, fact.Sequence, null, null, fact.Reason, null, fact.Block, fact.Transaction, fact.LogIndex, ct, fact.RetryAt);

    public static Task RegisteredAsync(NpgsqlConnection connection, ChainId chain, RegisteredFact fact, CancellationToken ct) => connection.ExecuteAsync(
        "INSERT INTO asset_registration (chain_id, asset_id, block_height) VALUES ($1, $2, $3) ON CONFLICT (chain_id, asset_id) DO UPDATE SET block_height = $3",
        ct, chain, fact.Asset, fact.Block.Height);

    public static Task RetriedAsync(NpgsqlConnection connection, RetriedFact fact, CancellationToken ct) =>
        EventAsync(connection, "Retried", fact.Lane, fact.Sequence, fact.Sequence, null, fact.Caller, null, null, fact.Block, fact.Transaction, fact.LogIndex, ct);

    public static Task RefundedAsync(NpgsqlConnection connection, RefundedFact fact, CancellationToken ct) =>
        EventAsync(connection, "Refunded", fact.Lane, fact.Sequence, fact.Sequence, null, fact.Caller, null, fact.Return, fact.Block, fact.Transaction, fact.LogIndex, ct);

    private static Task EventAsync(
        NpgsqlConnection connection, string kind, Lane lane, Sequence first, Sequence last, Hash32? rollingHash, Address? account, byte[]? reason,
        Sequence? returned, BlockFact block, Hash32 transaction, uint logIndex, CancellationToken ct, DateTimeOffset? retryAt = null) =>
        connection.ExecuteAsync(
            EventColumns, ct, lane.Destination, transaction, logIndex, kind, lane.Source, first, last, rollingHash, account, reason, returned,
            block.Height, block.Hash, block.Time, retryAt);
}
