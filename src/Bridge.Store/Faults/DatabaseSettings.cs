using Npgsql;

namespace Bridge.Store;

/// <summary>How the server is set, as this login sees it.</summary>
public sealed class DatabaseSettings(NpgsqlDataSource source)
{
    /// <summary>Names of the settings that let a commit vanish in a crash although it was confirmed.</summary>
    public async Task<IReadOnlyList<string>> ForgetfulAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name", row => row.GetString(0), ct);

    /// <summary>The server's version as server_version_num has it, such as 150013, and its clock.</summary>
    public async Task<(int Version, DateTimeOffset Now)> ServerAsync(CancellationToken ct) => (await source.QueryAsync(
        "SELECT current_setting('server_version_num')::int, clock_timestamp()", row => (row.GetInt32(0), row.Time(1)), ct)).Single();
}
