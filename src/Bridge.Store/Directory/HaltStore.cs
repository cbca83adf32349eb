using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Why a lane stands still until a person acts.</summary>
/// <param name="Code">Stable, upper case.</param>
public sealed record Halt(Lane Lane, string Code, string Reason, DateTimeOffset At);

/// <summary>Halts survive restarts, and only a person's act ends one. The first reason is kept.</summary>
public sealed class HaltStore(NpgsqlDataSource source)
{
    public async Task HaltAsync(Lane lane, string code, string reason, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await HaltAsync(connection, lane, code, reason, ct);
    }

    public async Task<Halt?> CurrentAsync(Lane lane, CancellationToken ct) => (await AllAsync(ct)).FirstOrDefault(halt => halt.Lane == lane);

    public async Task<IReadOnlyList<Halt>> AllAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT source_chain, destination_chain, code, reason, halted_at FROM lane_halt WHERE resumed_at IS NULL",
        row => new Halt(row.Lane(0, 1), row.GetString(2), row.GetString(3), row.Time(4)), ct);

    public Task ResumeAsync(Lane lane, string by, string why, CancellationToken ct) => source.ExecuteAsync(
        "UPDATE lane_halt SET resumed_at = now(), resumed_by = $3, resumed_why = $4 WHERE source_chain = $1 AND destination_chain = $2 AND resumed_at IS NULL",
        ct, lane.Source, lane.Destination, by, why);

    internal static Task HaltAsync(NpgsqlConnection connection, Lane lane, string code, string reason, CancellationToken ct) => connection.ExecuteAsync(
        "INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        ct, lane.Source, lane.Destination, code, reason);
}
