using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>One change of one transfer, with what followers choose by.</summary>
public sealed record FeedItem(
    TransitionView Transition, Hash32 MessageId, Lane Lane, Sequence Sequence, AssetId Asset, Address Sender, Address Recipient, UInt128 Amount);

/// <param name="Newest">The greatest id that can be seen; 0 if there is none.</param>
/// <param name="OldestRunning">Transactions below this number have all ended.</param>
/// <param name="NextTransaction">Transactions from this number on had not begun.</param>
public readonly record struct FeedHead(long Newest, long OldestRunning, long NextTransaction);

/// <summary>Every change of every transfer, in the order of their ids.</summary>
public sealed class FeedQueries(NpgsqlDataSource source)
{
    private const int Batch = 2000;

    public async Task<FeedHead> HeadAsync(CancellationToken ct) => (await source.QueryAsync(
        "SELECT COALESCE((SELECT max(id) FROM transition), 0), pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s",
        row => new FeedHead(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct)).Single();

    /// <summary>In (<paramref name="after"/>, <paramref name="upTo"/>], at most 2,000.</summary>
    public async Task<IReadOnlyList<FeedItem>> ReadAsync(long after, long upTo, CancellationToken ct) => await source.QueryAsync(
        $"""
        SELECT t.id, t.at, t.event, t.from_status, t.to_status, t.detail,
            m.message_id, m.source_chain, m.destination_chain, m.sequence, m.asset_id, m.sender, m.recipient, m.amount
        FROM transition t JOIN message m USING (message_id) WHERE t.id > $1 AND t.id <= $2 ORDER BY t.id LIMIT {Batch}
        """,
        row => new FeedItem(
            new TransitionView(row.GetInt64(0), row.Time(1), row.GetString(2), row.TextOrNull(3), row.GetString(4), row.TextOrNull(5)),
            row.Hash(6), row.Lane(7, 8), row.Sequence(9), new AssetId((uint)row.GetInt64(10)), row.Account(11), row.Account(12), row.Amount(13)), ct, after, upTo);
}
