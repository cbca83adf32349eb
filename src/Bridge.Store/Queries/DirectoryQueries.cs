using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <param name="Members">In ascending order, as a certificate's bits count them.</param>
public sealed record CurrentSet(ChainId Chain, Address Bridge, Epoch Epoch, IReadOnlyList<Address> Members, int Threshold);

/// <summary>Chains, assets, lanes, limits and who is alive, as the watchers wrote them down last. All of it is small.</summary>
public sealed record DirectorySnapshot(
    IReadOnlyList<ChainRow> Chains, IReadOnlyList<CursorRow> Cursors, IReadOnlyList<EndpointSeen> Endpoints, IReadOnlyList<Heartbeat> Heartbeats,
    IReadOnlyList<AssetRow> Assets, IReadOnlyList<AssetLimitRow> Limits, IReadOnlyList<LaneRow> Lanes, IReadOnlyList<LaneEndRow> Ends,
    IReadOnlyList<MinimumFeeRow> Fees, IReadOnlyList<Halt> Halts, IReadOnlyList<CurrentSet> Sets)
{
    public ChainRow? Chain(ChainId chain) => Chains.FirstOrDefault(row => row.ChainId == chain);
    public AssetRow? Asset(ChainId chain, AssetId asset) => Assets.FirstOrDefault(row => row.Chain == chain && row.Asset == asset);
    public AssetLimitRow? Limit(ChainId chain, AssetId asset) => Limits.FirstOrDefault(row => row.ChainId == chain && row.AssetId == asset);
    public LaneEndRow? End(ChainId chain, ChainId other) => Ends.FirstOrDefault(row => row.ChainId == chain && row.OtherChain == other);
    public Halt? Halt(Lane lane) => Halts.FirstOrDefault(halt => halt.Lane == lane);

    public MinimumFeeRow? Fee(Lane lane, AssetId asset) =>
        Fees.FirstOrDefault(row => row.SourceChain == lane.Source && row.DestinationChain == lane.Destination && row.AssetId == asset);
}

/// <summary>How long a lane's newest arrivals took, by the clocks of both chains.</summary>
/// <param name="Transfers">How many were measured.</param>
public sealed record ArrivalTimes(int Transfers, double P50Seconds, double P95Seconds);

/// <summary>Reads only.</summary>
public sealed class DirectoryQueries(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts, DirectoryStore directory, EndpointStore endpoints, HaltStore halts)
{
    private const int Measured = 200;

    public async Task<DirectorySnapshot> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new DirectorySnapshot(
            await db.ChainMirror.OrderBy(row => row.ChainId).ToListAsync(ct), await db.Cursors.OrderBy(row => row.ChainId).ToListAsync(ct),
            await endpoints.AllAsync(ct), await directory.HeartbeatsAsync(ct), await directory.AssetsAsync(ct), await db.AssetLimits.ToListAsync(ct),
            await db.Lanes.OrderBy(row => row.SourceChain).ThenBy(row => row.DestinationChain).ToListAsync(ct), await db.LaneEnds.ToListAsync(ct),
            await db.MinimumFees.ToListAsync(ct), await halts.AllAsync(ct),
            [.. (await db.ValidatorSets.Where(set => set.IsCurrent).OrderBy(set => set.ChainId).ToListAsync(ct))
                .Select(set => new CurrentSet(set.ChainId, set.Bridge, set.Epoch, [.. set.Members.Select(member => new Address(member))], set.Threshold))]);
    }

    /// <summary>Of the lane's last 200 transfers that arrived; null if none did.</summary>
    public async Task<ArrivalTimes?> TimesAsync(Lane lane, CancellationToken ct)
    {
        var seconds = await source.QueryAsync(
            $"""
            SELECT GREATEST(extract(epoch FROM d.block_time - m.block_time), 0)::float8 FROM (
                SELECT sequence, block_time FROM message WHERE source_chain = $1 AND destination_chain = $2 AND status <> 'Orphaned' AND status IN ('Executed', 'Delivered')
                ORDER BY sequence DESC LIMIT {Measured}) m
            JOIN LATERAL (
                SELECT e.block_time FROM delivery_event e WHERE e.source_chain = $1 AND e.destination_chain = $2 AND e.kind = 'Delivered' AND e.last_sequence >= m.sequence
                ORDER BY e.last_sequence LIMIT 1) d ON true
            ORDER BY 1
            """, row => row.GetDouble(0), ct, lane.Source, lane.Destination);
        return seconds.Count == 0 ? null : new ArrivalTimes(seconds.Count, Percentile(seconds, 0.5), Percentile(seconds, 0.95));
    }

    /// <param name="ascending">At least one.</param>
    internal static double Percentile(IReadOnlyList<double> ascending, double share) => ascending[(int)Math.Ceiling(share * ascending.Count) - 1];
}
