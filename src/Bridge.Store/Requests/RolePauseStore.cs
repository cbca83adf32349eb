using Npgsql;

namespace Bridge.Store;

/// <summary>A role that begins nothing, in every process of this organisation, until a person resumes it.</summary>
public sealed record RolePause(string Role, DateTimeOffset At, string By, string Why)
{
    public override string ToString() => $"paused by {By} at {At:u}: {Why}; see 'bridge resume --role {Role}'";
}

public sealed class RolePauseStore(NpgsqlDataSource source)
{
    public async Task<RolePause?> CurrentAsync(string role, CancellationToken ct) => (await AllAsync(ct)).SingleOrDefault(pause => pause.Role == role);

    public async Task<IReadOnlyList<RolePause>> AllAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT role, paused_at, paused_by, paused_why FROM role_pause WHERE resumed_at IS NULL ORDER BY id", row => new RolePause(row.GetString(0), row.Time(1), row.GetString(2), row.GetString(3)), ct);

    /// <summary>False if it is paused already.</summary>
    public async Task<bool> PauseAsync(string role, string by, string why, CancellationToken ct) =>
        await source.ExecuteAsync("INSERT INTO role_pause (role, paused_by, paused_why) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, role, by, why) > 0;

    /// <summary>False if it is not paused.</summary>
    public async Task<bool> ResumeAsync(string role, string by, string why, CancellationToken ct) =>
        await source.ExecuteAsync("UPDATE role_pause SET resumed_at = now(), resumed_by = $2, resumed_why = $3 WHERE role = $1 AND resumed_at IS NULL", ct, role, by, why) > 0;
}
