using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>Passing faults of a real server, and what is done again.</summary>
public sealed class DatabaseFaultTests : IAsyncLifetime
{
    private Database _database = null!;

    private string Name => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;

    public async Task InitializeAsync()
    {
        _database = await Database.CreateAsync("faults");
        await using var services = Open(_database.ConnectionString);
        await services.GetRequiredService<Migrator>().MigrateAsync(default);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData("40001", FaultKind.Conflict)]
    [InlineData("40P01", FaultKind.Conflict)]
    [InlineData("55P03", FaultKind.Conflict)]
    [InlineData("57P01", FaultKind.Away)]
    [InlineData("57P02", FaultKind.Away)]
    [InlineData("57P03", FaultKind.Away)]
    [InlineData("08006", FaultKind.Away)]
    [InlineData("08P01", FaultKind.Away)]
    [InlineData("25006", FaultKind.ReadOnly)]
    [InlineData("53100", FaultKind.Full)]
    [InlineData("53300", FaultKind.Full)]
    [InlineData("23505", null)]
    [InlineData("42501", null)]
    [InlineData("42P01", null)]
    public void Each_error_of_the_server_means_one_thing(string state, FaultKind? kind) =>
        (DatabaseFault.Of(new PostgresException("for the test", "ERROR", "ERROR", state))?.Kind).ShouldBe(kind, state);

    [Fact]
    public async Task A_pool_that_leads_to_a_server_which_may_only_be_read_is_dropped()
    {
        await using var services = Open(_database.ConnectionString);
        var directory = services.GetRequiredService<DirectoryStore>();
        await SetAsync("default_transaction_read_only", "on");
        (await Should.ThrowAsync<PostgresException>(() => directory.BeatAsync("test", "ok", null, default))).SqlState.ShouldBe(PostgresErrorCodes.ReadOnlySqlTransaction);

        await SetAsync("default_transaction_read_only", "off");

        await directory.BeatAsync("test", "ok", null, default);
        await services.GetRequiredService<DirectoryStore>().SaveLaneAsync(new Lane(new ChainId(1), new ChainId(2)), Scene.Hash(1), default);
    }

    [Fact]
    public async Task Of_several_servers_the_one_that_may_be_written_is_found()
    {
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await using var dead = TcpProxy.Before("127.0.0.1", 1);
        direct.Host = $"127.0.0.1:{dead.Port},{direct.Host}:{direct.Port}";
        direct.TargetSessionAttributes = "read-write";
        direct.Timeout = 2;
        await using var services = Open(direct.ConnectionString);

        await services.GetRequiredService<DirectoryStore>().BeatAsync("found", "ok", null, default);

        (await _database.CountAsync("SELECT count(*) FROM heartbeat WHERE component = 'found'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_is_ended_before_the_commit_costs_nothing()
    {
        await using var services = Open(_database.ConnectionString);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await _database.ExecuteHereAsync("""
            CREATE FUNCTION end_once() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT last_value FROM ended) < 3 THEN PERFORM nextval('ended'); PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); END IF;
                RETURN NEW;
            END $$;
            CREATE SEQUENCE ended START 1;
            SELECT nextval('ended');
            CREATE TRIGGER end_once BEFORE INSERT ON lane FOR EACH ROW EXECUTE FUNCTION end_once()
            """);

        await services.GetRequiredService<DirectoryStore>().SaveLaneAsync(new Lane(new ChainId(3), new ChainId(4)), Scene.Hash(3), default);

        (await _database.CountAsync("SELECT last_value FROM ended")).ShouldBe(3);
        (await _database.CountAsync("SELECT count(*) FROM lane WHERE source_chain = 3")).ShouldBe(1);
        source.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_back_pressure_and_ends()
    {
        var small = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxPoolSize = 1, Timeout = 1 };
        await using var services = Open(small.ConnectionString);
        var directory = services.GetRequiredService<DirectoryStore>();
        await using (await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync())
        {
            var error = await Should.ThrowAsync<NpgsqlException>(() => directory.BeatAsync("test", "ok", null, default));
            DatabaseFault.Of(error).ShouldBe(new DatabaseFault(FaultKind.Full, "pool"));
        }
        await directory.BeatAsync("test", "ok", null, default);
    }

    [Theory]
    [InlineData("off", "synchronous_commit")]
    [InlineData("local", null)]
    [InlineData("on", null)]
    public async Task A_database_that_would_forget_a_commit_is_named(string setting, string? named)
    {
        await SetAsync("synchronous_commit", setting);
        await using var services = Open(_database.ConnectionString + ";Pooling=false");

        var forgetful = await services.GetRequiredService<DatabaseSettings>().ForgetfulAsync(default);

        forgetful.ShouldBe(named is null ? [] : [named]);
    }

    /// <summary>For connections that are made from now on.</summary>
    private async Task SetAsync(string setting, string value)
    {
        await using var connection = new NpgsqlConnection(Machine.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"ALTER DATABASE \"{Name}\" SET {setting} = {value}", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static ServiceProvider Open(string connectionString) => new ServiceCollection().AddBridgeStore(connectionString).BuildServiceProvider();
}
