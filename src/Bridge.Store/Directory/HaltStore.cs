using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

/// <summary>Why a lane stands still until a person acts.</summary>
/// <param name="Code">Stable, upper case.</param>
public sealed record Halt(Lane Lane, string Code, string Reason, DateTimeOffset At);

/// <summary>Halts survive restarts, and only a person's act ends one. The first reason is kept.</summary>
public sealed class HaltStore(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    public async Task HaltAsync(Lane lane, string code, string reason, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await HaltAsync(connection, lane, code, reason, ct);
    }

    /// <summary>Halts a lane because a final block of its source is gone, and says what rests on it: how many messages, which assets, how much.</summary>
    /// <param name="above">Height of the last source block that is known to be there still.</param>
    /// <param name="what">Which block vanished.</param>
    public async Task HaltVanishedAsync(Lane lane, ulong above, string what, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await Exposure.HaltAsync(connection, lane, above, what, ct);
    }

    public async Task<Halt?> CurrentAsync(Lane lane, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await InForce(db).Where(halt => halt.SourceChain == lane.Source && halt.DestinationChain == lane.Destination).FirstOrDefaultAsync(ct) is { } row ? Read(row) : null;
    }

    public async Task<IReadOnlyList<Halt>> AllAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return [.. (await InForce(db).ToListAsync(ct)).Select(Read)];
    }

    /// <exception cref="InvalidOperationException">The lane is not halted.</exception>
    public async Task ResumeAsync(Lane lane, string by, string why, CancellationToken ct)
    {
        var resumed = await source.ExecuteAsync(
            "UPDATE lane_halt SET resumed_at = now(), resumed_by = $3, resumed_why = $4 WHERE source_chain = $1 AND destination_chain = $2 AND resumed_at IS NULL",
            ct, lane.Source, lane.Destination, by, why);
        if (resumed == 0) throw new InvalidOperationException($"lane {lane} is not halted");
    }

    private static IQueryable<LaneHaltRow> InForce(BridgeDb db) => db.Halts.Where(halt => halt.ResumedAt == null).OrderBy(halt => halt.Id);

    private static Halt Read(LaneHaltRow row) => new(new Lane(row.SourceChain, row.DestinationChain), row.Code, row.Reason, row.HaltedAt);

    /// <summary>For what every sweep finds again: a person who resumed the lane has judged exactly this reason, and is not asked twice.</summary>
    internal static Task HaltOnceAsync(NpgsqlConnection connection, Lane lane, string code, string reason, CancellationToken ct) => connection.ExecuteAsync(
        """
        INSERT INTO lane_halt (source_chain, destination_chain, code, reason) SELECT $1, $2, $3, $4
        WHERE NOT EXISTS (SELECT FROM lane_halt WHERE source_chain = $1 AND destination_chain = $2 AND code = $3 AND reason = $4) ON CONFLICT DO NOTHING
        """, ct, lane.Source, lane.Destination, code, reason);

    internal static Task HaltAsync(NpgsqlConnection connection, Lane lane, string code, string reason, CancellationToken ct) => connection.ExecuteAsync(
        "INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        ct, lane.Source, lane.Destination, code, reason);
}
