using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.Api;

/// <summary>A database of this run's own on the server that ops/bench has started, dropped at its end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _name = $"bench_{Guid.NewGuid():N}";
    private readonly string _server;

    private BenchDatabase(string server)
    {
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name, CommandTimeout = 0 }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>With the schema of the migrations.</summary>
    public static async Task<BenchDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("BRIDGE_TEST_POSTGRES") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("BRIDGE_TEST_POSTGRES is not set. Run ops/bench api, which starts what is needed.");
        var database = new BenchDatabase(server);
        await ScalarAsync(server, $"CREATE DATABASE {database._name}");
        // By connections of their own, as `bridge migrate` has: what the migrations set for the database holds for those that are opened later.
        await using var services = database.Open();
        await services.GetRequiredService<Migrator>().MigrateAsync(default);
        return database;
    }

    /// <summary>The store over it.</summary>
    public ServiceProvider Open() => new ServiceCollection().AddBridgeStore(ConnectionString).BuildServiceProvider();

    public async Task<string> SizeAsync() => (string)(await ScalarAsync(ConnectionString, "SELECT pg_size_pretty(pg_database_size(current_database()))"))!;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ScalarAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
