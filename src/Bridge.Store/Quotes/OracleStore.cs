using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <summary>What a relayer read from the chains for quotes.</summary>
public sealed class OracleStore(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    public Task SaveChainAsync(ChainStateRow chain, CancellationToken ct) => source.ExecuteAsync(
        """
        INSERT INTO chain_state (chain_id, bridge, intents, permit2, base_fee, priority_fee, data_fee, height, block_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (chain_id) DO UPDATE SET bridge = $2, intents = $3, permit2 = $4, base_fee = $5, priority_fee = $6, data_fee = $7, height = $8, block_time = $9, read_at = now()
        """, ct, chain.ChainId, chain.Bridge, chain.Intents, chain.Permit2, chain.BaseFee, chain.PriorityFee, chain.DataFee, chain.Height, chain.BlockTime);

    public Task SaveRouteAsync(RouteRow route, CancellationToken ct) => source.ExecuteAsync(
        """
        INSERT INTO route (source_chain, destination_chain, asset_id, is_open, fee_transfer, fee_transfer_to, fee_call_base, fee_call_per_gas, fee_call_per_byte,
            outbound_capacity, outbound_period, outbound_available, inbound_capacity, inbound_period, inbound_available, hold_threshold, hold_seconds, locked,
            paused_until, paused_what, source_coin, destination_coin)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        ON CONFLICT (source_chain, destination_chain, asset_id) DO UPDATE SET is_open = $4, fee_transfer = $5, fee_transfer_to = $6, fee_call_base = $7,
            fee_call_per_gas = $8, fee_call_per_byte = $9, outbound_capacity = $10, outbound_period = $11, outbound_available = $12, inbound_capacity = $13,
            inbound_period = $14, inbound_available = $15, hold_threshold = $16, hold_seconds = $17, locked = $18, paused_until = $19, paused_what = $20,
            source_coin = $21, destination_coin = $22, read_at = now()
        """, ct,
        route.SourceChain, route.DestinationChain, route.AssetId, route.IsOpen, route.FeeTransfer, route.FeeTransferTo, route.FeeCallBase, route.FeeCallPerGas,
        route.FeeCallPerByte, route.OutboundCapacity, route.OutboundPeriod, route.OutboundAvailable, route.InboundCapacity, route.InboundPeriod,
        route.InboundAvailable, route.HoldThreshold, route.HoldSeconds, route.Locked, route.PausedUntil, route.PausedWhat, route.SourceCoin, route.DestinationCoin);

    public Task SaveTokenAsync(TokenSigningRow token, CancellationToken ct) => source.ExecuteAsync(
        """
        INSERT INTO token_signing (chain_id, asset_id, name, version, permit, transfer_authorization) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (chain_id, asset_id) DO UPDATE SET name = $3, version = $4, permit = $5, transfer_authorization = $6, read_at = now()
        """, ct, token.ChainId, token.AssetId, token.Name, token.Version, token.Permit, token.TransferAuthorization);

    public async Task<IReadOnlyDictionary<ChainId, ChainStateRow>> ChainsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ChainStates.ToDictionaryAsync(row => row.ChainId, ct);
    }

    /// <summary>Every way of an asset, open or not.</summary>
    public async Task<IReadOnlyList<RouteRow>> RoutesAsync(AssetId asset, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Routes.Where(row => row.AssetId == asset).ToListAsync(ct);
    }

    public async Task<TokenSigningRow?> TokenAsync(ChainId chain, AssetId asset, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<TokenSigningRow>().FirstOrDefaultAsync(row => row.ChainId == chain && row.AssetId == asset, ct);
    }
}
