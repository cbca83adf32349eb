using Npgsql;

namespace Bridge.SystemTests.Harness;

/// <summary>A database of this test's own, dropped with it.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string _name;

    private Database(string name, string connectionString) => (_name, ConnectionString) = (name, connectionString);

    public string ConnectionString { get; }

    public static async Task<Database> CreateAsync(string label)
    {
        var name = $"{label}_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return new Database(name, new NpgsqlConnectionStringBuilder(Machine.Postgres) { Database = name, MaxPoolSize = 10 }.ConnectionString);
    }

    /// <summary>A database of its own with all that this one holds now. Whoever is connected to this one is cut off.</summary>
    public async Task<Database> CopyAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
        var copy = $"copy_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE \"{copy}\" TEMPLATE \"{_name}\"");
        return new Database(copy, new NpgsqlConnectionStringBuilder(ConnectionString) { Database = copy }.ConnectionString);
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteHereAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS \"{_name}\" WITH (FORCE)");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Machine.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
