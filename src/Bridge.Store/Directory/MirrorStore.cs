using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What a chain's Bridge says of itself, for those who have no endpoint.</summary>
public sealed class MirrorStore(NpgsqlDataSource source)
{
    /// <summary>Everything about one chain in one commit, so that nobody reads half of it. Fees that are not among them go.</summary>
    public Task SaveAsync(ChainMirror mirror, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var chain = mirror.Chain;
        await ChainAsync(connection, mirror, ct);
        foreach (var end in mirror.Lanes)
            await connection.ExecuteAsync(
                """
                INSERT INTO lane_end (chain_id, other_chain, is_open, paused_until) VALUES ($1, $2, $3, $4)
                ON CONFLICT (chain_id, other_chain) DO UPDATE SET is_open = $3, paused_until = $4, seen_at = now()
                """, ct, chain, end.Other, end.IsOpen, end.PausedUntil);
        foreach (var limit in mirror.Assets) await LimitAsync(connection, chain, limit, ct);
        await connection.ExecuteAsync(
            "DELETE FROM minimum_fee WHERE source_chain = $1 AND (destination_chain, asset_id) NOT IN (SELECT * FROM unnest($2::bigint[], $3::bigint[]))", ct,
            chain, mirror.Fees.Select(fee => Sql.Big(fee.Destination.Value)).ToArray(), mirror.Fees.Select(fee => (long)fee.Asset.Value).ToArray());
        foreach (var fee in mirror.Fees)
            await connection.ExecuteAsync(
                """
                INSERT INTO minimum_fee (source_chain, destination_chain, asset_id, transfer, transfer_to, call_base, call_per_gas, call_per_byte)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (source_chain, destination_chain, asset_id) DO UPDATE SET transfer = $4, transfer_to = $5, call_base = $6, call_per_gas = $7, call_per_byte = $8, seen_at = now()
                """, ct, chain, fee.Destination, fee.Asset, fee.Transfer, fee.TransferTo, fee.CallBase, fee.CallPerGas, fee.CallPerByte);
        return mirror.Assets.Count;
    }, ct);

    // The row of the chain is written first: two processes that watch the same chain wait for each other here.
    private static Task ChainAsync(NpgsqlConnection connection, ChainMirror mirror, CancellationToken ct) => connection.ExecuteAsync(
        """
        INSERT INTO chain (chain_id, name, bridge, gateway, finality, fee_model, head_height, head_time, final_height, final_time, paused_until, block_seconds)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (chain_id) DO UPDATE SET name = $2, bridge = $3, gateway = $4, finality = $5, fee_model = $6, head_height = $7, head_time = $8,
            final_height = $9, final_time = $10, paused_until = $11, block_seconds = $12, seen_at = now()
        """, ct, mirror.Chain, mirror.Name, mirror.Bridge, mirror.Gateway, mirror.Finality, mirror.FeeModel, mirror.HeadHeight, mirror.HeadTime,
        mirror.FinalHeight, mirror.FinalTime, mirror.PausedUntil, mirror.BlockSeconds);

    private static Task LimitAsync(NpgsqlConnection connection, ChainId chain, AssetMirrored asset, CancellationToken ct) => connection.ExecuteAsync(
        """
        INSERT INTO asset_limit (chain_id, asset_id, locked, inbound_capacity, inbound_available, inbound_period,
            outbound_capacity, outbound_available, outbound_period, hold_threshold, hold_seconds, paused_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (chain_id, asset_id) DO UPDATE SET locked = $3, inbound_capacity = $4, inbound_available = $5, inbound_period = $6,
            outbound_capacity = $7, outbound_available = $8, outbound_period = $9, hold_threshold = $10, hold_seconds = $11, paused_until = $12, seen_at = now()
        """, ct, chain, asset.Asset, asset.Locked, asset.Inbound.Capacity, asset.Inbound.Available, asset.Inbound.Period,
        asset.Outbound?.Capacity, asset.Outbound?.Available, asset.Outbound?.Period, asset.Hold?.Threshold, asset.Hold?.Seconds, asset.PausedUntil);
}
