using Npgsql;

namespace Bridge.Store;

/// <summary>How the server is set, as this login sees it.</summary>
public sealed class DatabaseSettings(NpgsqlDataSource source)
{
    /// <summary>Names of the settings that let a commit vanish in a crash although it was confirmed.</summary>
    public async Task<IReadOnlyList<string>> ForgetfulAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name", row => row.GetString(0), ct);
}
