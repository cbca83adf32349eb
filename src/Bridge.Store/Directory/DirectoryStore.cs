using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <param name="Mode">"lock" on the asset's home chain, or "native" if it is that chain's own coin; "mint" elsewhere.</param>
public sealed record AssetRow(ChainId Chain, AssetId Asset, Address Token, string Mode, string Symbol, int Decimals);

/// <param name="State">"ok" or "stalled".</param>
/// <param name="Since">Since when it is in this state.</param>
public sealed record Heartbeat(string Component, string State, string? Detail, DateTimeOffset At, DateTimeOffset Since);

/// <summary>What the chains say, written down for those who have no endpoint of their own; and who is alive.</summary>
public sealed class DirectoryStore(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    /// <exception cref="ConflictingFactException">The epoch is stored with other members: an epoch never changes.</exception>
    public Task SaveValidatorSetAsync(ChainId chain, Address bridge, ValidatorSet set, bool current, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        // Two processes that mirror a rotation at once wait for each other here.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"validator set {chain}");
        if (current) await connection.ExecuteAsync("UPDATE validator_set SET is_current = false WHERE chain_id = $1 AND epoch <> $2", ct, chain, set.Epoch);
        var saved = await connection.ExecuteAsync(
            """
            INSERT INTO validator_set AS v (chain_id, epoch, bridge, members, threshold, is_current) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (chain_id, epoch) DO UPDATE SET is_current = EXCLUDED.is_current
                WHERE v.bridge = EXCLUDED.bridge AND v.members = EXCLUDED.members AND v.threshold = EXCLUDED.threshold
            """, ct, chain, set.Epoch, bridge, set.Members.Select(member => member.ToArray()).ToArray(), set.Threshold, current);
        return saved > 0 ? saved : throw new ConflictingFactException($"chain {chain}: epoch {set.Epoch} is stored with another set or Bridge; this database belongs to other contracts, use a new one");
    }, ct);

    public async Task<(Address Bridge, ValidatorSet Set)?> CurrentSetAsync(ChainId chain, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ValidatorSets.FirstOrDefaultAsync(set => set.ChainId == chain && set.IsCurrent, ct) is { } row ? (row.Bridge, Read(row)) : null;
    }

    /// <summary>The set of one epoch; null when it is not stored.</summary>
    public async Task<ValidatorSet?> SetAsync(ChainId chain, Epoch epoch, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ValidatorSets.FirstOrDefaultAsync(set => set.ChainId == chain && set.Epoch == epoch, ct) is { } row ? Read(row) : null;
    }

    public Task SaveAssetsAsync(IReadOnlyList<AssetRow> assets, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        // A token may call itself anything; a text column takes all but the byte zero.
        foreach (var asset in assets)
            await connection.ExecuteAsync(
                """
                INSERT INTO asset (chain_id, asset_id, token, mode, symbol, decimals) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (chain_id, asset_id) DO UPDATE SET token = $3, mode = $4, symbol = $5, decimals = $6
                """, ct, asset.Chain, asset.Asset, asset.Token, asset.Mode, asset.Symbol.Replace("\0", "", StringComparison.Ordinal), asset.Decimals);
        return assets.Count;
    }, ct);

    public async Task<IReadOnlyList<AssetRow>> AssetsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Assets.OrderBy(asset => asset.AssetId).ThenBy(asset => asset.ChainId)
            .Select(asset => new AssetRow(asset.ChainId, asset.AssetId, asset.Token, asset.Mode, asset.Symbol, asset.Decimals)).ToListAsync(ct);
    }

    /// <exception cref="ConflictingFactException">The lane is stored under another id.</exception>
    public Task SaveLaneAsync(Lane lane, Hash32 laneId, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LaneRows.SaveAsync(connection, lane, laneId, ct);
        return lane;
    }, ct);

    public async Task<Hash32?> LaneIdAsync(Lane lane, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Lanes.Where(row => row.SourceChain == lane.Source && row.DestinationChain == lane.Destination).Select(row => (Hash32?)row.LaneId).FirstOrDefaultAsync(ct);
    }

    /// <summary>Says that a component is alive, and what it waits for.</summary>
    public Task BeatAsync(string component, string state, string? detail, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO heartbeat (component, state, detail) VALUES ($1, $2, $3) ON CONFLICT (component) DO UPDATE SET state = $2, detail = $3, beaten_at = now(), since = CASE WHEN heartbeat.state = $2 THEN heartbeat.since ELSE now() END",
        ct, component, state, detail);

    public async Task<IReadOnlyList<Heartbeat>> HeartbeatsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Heartbeats.OrderBy(beat => beat.Component).Select(beat => new Heartbeat(beat.Component, beat.State, beat.Detail, beat.BeatenAt, beat.Since)).ToListAsync(ct);
    }

    private static ValidatorSet Read(ValidatorSetRow row) => new(row.Epoch, [.. row.Members.Select(member => new Address(member))], row.Threshold);
}
