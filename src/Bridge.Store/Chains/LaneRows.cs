using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

internal static class LaneRows
{
    /// <exception cref="ConflictingFactException">The lane is stored under another id: another Bridge stands behind one of its ends.</exception>
    public static async Task SaveAsync(NpgsqlConnection connection, Lane lane, Hash32 laneId, CancellationToken ct)
    {
        await connection.ExecuteAsync("INSERT INTO lane (source_chain, destination_chain, lane_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            ct, lane.Source, lane.Destination, laneId);
        var stored = await connection.QueryAsync(
            "SELECT lane_id FROM lane WHERE source_chain = $1 AND destination_chain = $2", row => row.Hash(0), ct, lane.Source, lane.Destination);
        if (stored.Count == 0 || stored[0] != laneId)
            throw new ConflictingFactException($"lane {lane} is not {laneId} in this database, which belongs to other Bridge contracts: use a new one");
    }
}
