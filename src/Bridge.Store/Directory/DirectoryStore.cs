using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Mode">"lock" on the asset's home chain, "mint" elsewhere.</param>
public sealed record AssetRow(ChainId Chain, AssetId Asset, Address Token, string Mode, string Symbol, int Decimals);

/// <param name="State">"ok" or "stalled".</param>
public sealed record Heartbeat(string Component, string State, string? Detail, DateTimeOffset At);

/// <summary>What the chains say, written down for those who have no endpoint of their own; and who is alive.</summary>
public sealed class DirectoryStore(NpgsqlDataSource source)
{
    public Task SaveValidatorSetAsync(ChainId chain, Address bridge, ValidatorSet set, bool current, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        if (current) await connection.ExecuteAsync("UPDATE validator_set SET is_current = false WHERE chain_id = $1 AND epoch <> $2", ct, chain, set.Epoch);
        return await connection.ExecuteAsync(
            """
            INSERT INTO validator_set (chain_id, epoch, bridge, members, threshold, is_current) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (chain_id, epoch) DO UPDATE SET is_current = EXCLUDED.is_current
            """, ct, chain, set.Epoch, bridge, set.Members.Select(member => member.ToArray()).ToArray(), set.Threshold, current);
    }, ct);

    public async Task<(Address Bridge, ValidatorSet Set)?> CurrentSetAsync(ChainId chain, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            "SELECT bridge, epoch, members, threshold FROM validator_set WHERE chain_id = $1 AND is_current",
            row => (row.Account(0), new ValidatorSet(
                new Epoch(row.Number(1)), [.. row.GetFieldValue<byte[][]>(2).Select(member => new Address(member))], row.GetInt32(3))), ct, chain);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task SaveAssetsAsync(IReadOnlyList<AssetRow> assets, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        foreach (var asset in assets)
            await connection.ExecuteAsync(
                """
                INSERT INTO asset (chain_id, asset_id, token, mode, symbol, decimals) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (chain_id, asset_id) DO UPDATE SET token = $3, mode = $4, symbol = $5, decimals = $6
                """, ct, asset.Chain, asset.Asset, asset.Token, asset.Mode, asset.Symbol, asset.Decimals);
        return assets.Count;
    }, ct);

    public async Task<IReadOnlyList<AssetRow>> AssetsAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT chain_id, asset_id, token, mode, symbol, decimals FROM asset ORDER BY 2, 1",
        row => new AssetRow(new ChainId(row.Number(0)), new AssetId((uint)row.GetInt64(1)), row.Account(2), row.GetString(3), row.GetString(4), row.GetInt32(5)), ct);

    public Task SaveLaneAsync(Lane lane, Hash32 laneId, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO lane (source_chain, destination_chain, lane_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, lane.Source, lane.Destination, laneId);

    public async Task<Hash32?> LaneIdAsync(Lane lane, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            "SELECT lane_id FROM lane WHERE source_chain = $1 AND destination_chain = $2", row => row.Hash(0), ct, lane.Source, lane.Destination);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Says that a component is alive, and what it waits for.</summary>
    public Task BeatAsync(string component, string state, string? detail, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO heartbeat (component, state, detail) VALUES ($1, $2, $3) ON CONFLICT (component) DO UPDATE SET state = $2, detail = $3, beaten_at = now()",
        ct, component, state, detail);

    public async Task<IReadOnlyList<Heartbeat>> HeartbeatsAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT component, state, detail, beaten_at FROM heartbeat ORDER BY component",
        row => new Heartbeat(row.GetString(0), row.GetString(1), row.TextOrNull(2), row.Time(3)), ct);
}
