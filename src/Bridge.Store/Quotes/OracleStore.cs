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

    /// <summary>All that is said of a chain's coin; what is said no more goes.</summary>
    /// <param name="units">By asset: base units that 10^18 wei are worth.</param>
    public Task SavePricesAsync(ChainId chain, IReadOnlyDictionary<AssetId, UInt128> units, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("DELETE FROM coin_price WHERE chain_id = $1 AND asset_id <> ALL ($2)", ct, chain, units.Keys.Select(asset => (long)asset.Value).ToArray());
        foreach (var (asset, worth) in units)
            await connection.ExecuteAsync("INSERT INTO coin_price (chain_id, asset_id, units) VALUES ($1, $2, $3) ON CONFLICT (chain_id, asset_id) DO UPDATE SET units = $3", ct, chain, asset, worth);
        return units.Count;
    }, ct);

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
    public async Task<IReadOnlyList<RouteRow>> RoutesAsync(AssetId asset, CancellationToken ct) => await source.QueryAsync(
        """
        SELECT source_chain, destination_chain, asset_id, is_open, fee_transfer, fee_transfer_to, fee_call_base, fee_call_per_gas, fee_call_per_byte,
            outbound_capacity, outbound_period, outbound_available, inbound_capacity, inbound_period, inbound_available, hold_threshold, hold_seconds, locked,
            paused_until, paused_what, source_coin, destination_coin, read_at FROM route WHERE asset_id = $1
        """,
        row => new RouteRow
        {
            SourceChain = new ChainId(row.Number(0)), DestinationChain = new ChainId(row.Number(1)), AssetId = asset, IsOpen = row.GetBoolean(3),
            FeeTransfer = row.Amount(4), FeeTransferTo = row.Amount(5), FeeCallBase = row.Amount(6), FeeCallPerGas = row.Amount(7), FeeCallPerByte = row.Amount(8),
            OutboundCapacity = row.Amount(9), OutboundPeriod = row.Number(10), OutboundAvailable = row.Amount(11),
            InboundCapacity = row.Amount(12), InboundPeriod = row.Number(13), InboundAvailable = row.Amount(14), HoldThreshold = row.Amount(15), HoldSeconds = row.Number(16),
            Locked = row.AmountOrNull(17), PausedUntil = row.IsDBNull(18) ? null : row.Time(18), PausedWhat = row.TextOrNull(19),
            SourceCoin = row.AmountOrNull(20), DestinationCoin = row.AmountOrNull(21), ReadAt = row.Time(22),
        }, ct, asset);

    public async Task<TokenSigningRow?> TokenAsync(ChainId chain, AssetId asset, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<TokenSigningRow>().FirstOrDefaultAsync(row => row.ChainId == chain && row.AssetId == asset, ct);
    }
}
