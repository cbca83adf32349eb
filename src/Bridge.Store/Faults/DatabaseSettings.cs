using Npgsql;

namespace Bridge.Store;

/// <param name="IsStandby">It refuses writes.</param>
/// <param name="OldestSeconds">Since the oldest transaction that is open began.</param>
public sealed record DatabaseStanding(string Server, long Bytes, long Connections, int MaxConnections, bool IsStandby, double OldestSeconds);

/// <summary>How the server is set, as this login sees it.</summary>
public sealed class DatabaseSettings(NpgsqlDataSource source)
{
    /// <summary>Names of the settings that let a commit vanish in a crash although it was confirmed.</summary>
    public async Task<IReadOnlyList<string>> ForgetfulAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name", row => row.GetString(0), ct);

    /// <summary>The server's version as server_version_num has it, such as 150013, and its clock.</summary>
    public async Task<(int Version, DateTimeOffset Now)> ServerAsync(CancellationToken ct) => (await source.QueryAsync(
        "SELECT current_setting('server_version_num')::int, clock_timestamp()", row => (row.GetInt32(0), row.Time(1)), ct)).Single();

    public async Task<DatabaseStanding> StandingAsync(CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT current_setting('server_version'), pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
            current_setting('max_connections')::int, pg_is_in_recovery(),
            COALESCE((SELECT extract(epoch FROM max(clock_timestamp() - xact_start)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()), 0)::float8
        """, row => new DatabaseStanding(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetBoolean(4), row.GetDouble(5)), ct)).Single();

    /// <summary>Commits something durable that leaves no row.</summary>
    public Task CommitNothingAsync(CancellationToken ct) => source.ExecuteAsync("SELECT pg_logical_emit_message(true, 'bench', '')", ct);
}
