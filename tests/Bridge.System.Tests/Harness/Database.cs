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

    public async Task<long> CountAsync(string sql) => (long)await ScalarAsync(sql);

    public async Task<string> TextAsync(string sql) => (string)await ScalarAsync(sql);

    private async Task<object> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteHereAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The state of this moment, kept under another name. Whoever is connected is thrown out.</summary>
    public async Task<Database> BackUpAsync()
    {
        var name = $"{_name[..Math.Min(_name.Length, 40)]}_backup";
        await ExecuteAsync($"ALTER DATABASE \"{_name}\" WITH ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{_name}\"");
        foreach (var either in new[] { name, _name }) await ExecuteAsync($"ALTER DATABASE \"{either}\" WITH ALLOW_CONNECTIONS true");
        return new Database(name, new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString);
    }

    /// <summary>Forgets everything since the backup. Whoever is connected is thrown out and finds the older state when it comes back.</summary>
    public async Task RestoreAsync(Database backup)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE \"{_name}\" WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE \"{_name}\" TEMPLATE \"{backup._name}\"");
        NpgsqlConnection.ClearAllPools();
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
