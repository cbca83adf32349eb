using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What users see of the transfers. Reads only.</summary>
public sealed class TransferQueries(NpgsqlDataSource source, DirectoryStore directory)
{
    public const int MaxLimit = 500;

    public async Task<TransferView?> ByIdAsync(Hash32 id, CancellationToken ct) =>
        (await ReadAsync($"{TransferSelect.Sql} WHERE m.message_id = $1", ct, id)).SingleOrDefault();

    /// <summary>By the transaction on either chain, in the order of the lanes.</summary>
    public async Task<IReadOnlyList<TransferView>> ByTransactionAsync(Hash32 transaction, CancellationToken ct) => await ReadAsync(
        $"""
        {TransferSelect.Sql} WHERE {TransferPages.OfTransaction("$1")}
        ORDER BY m.source_chain, m.destination_chain, m.sequence LIMIT {MaxLimit}
        """, ct, transaction);

    /// <summary>The greatest first, by what the filter sorts.</summary>
    /// <param name="limit">1 to <see cref="MaxLimit"/>.</param>
    public async Task<TransferPage> ListAsync(TransferFilter filter, PageKey? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        var (sql, values) = TransferPages.Build(filter, after, limit + 1, filter.Executor is { } executor && await DeliveredLittleAsync(executor, ct));
        var rows = await ReadAsync(sql, ct, values);
        var page = rows.Take(limit).ToList();
        return new TransferPage(page, rows.Count > limit ? new PageKey(TransferPages.Position(page[^1], filter.Sort), page[^1].MessageId) : null);
    }

    /// <param name="after">Only later ones; 0 for all.</param>
    public async Task<IReadOnlyList<TransitionView>> TransitionsAsync(Hash32 id, CancellationToken ct, long after = 0) => await source.QueryAsync(
        "SELECT id, at, event, from_status, to_status, detail FROM transition WHERE message_id = $1 AND id > $2 ORDER BY id",
        row => new TransitionView(row.GetInt64(0), row.Time(1), row.GetString(2), row.TextOrNull(3), row.GetString(4), row.TextOrNull(5)), ct, id, after);

    /// <summary>The last block read of each chain: what lies above may exist and is not known yet.</summary>
    public async Task<IReadOnlyDictionary<ChainId, ulong>> IndexedToAsync(CancellationToken ct)
    {
        var rows = await source.QueryAsync("SELECT chain_id, height FROM chain_cursor", row => (Chain: new ChainId(row.Number(0)), Height: row.Number(1)), ct);
        return rows.ToDictionary(row => row.Chain, row => row.Height);
    }

    private async Task<bool> DeliveredLittleAsync(Address executor, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT count(*) FROM (SELECT FROM delivery_event WHERE account = $1 AND kind = 'Delivered' LIMIT {TransferPages.FewDeliveries + 1}) few",
        row => row.GetInt64(0), ct, executor)).Single() <= TransferPages.FewDeliveries;

    private async Task<List<TransferView>> ReadAsync(string sql, CancellationToken ct, params object?[] values)
    {
        var assets = (await directory.AssetsAsync(ct)).ToDictionary(asset => (asset.Chain, asset.Asset));
        return await source.QueryAsync(sql, row => TransferSelect.Read(row, assets), ct, values);
    }
}
