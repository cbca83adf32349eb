using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>A migrated database for one test class. Its tests share it: each plays on chains of its own.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    private Database? _database;
    private ServiceProvider? _services;

    public string ConnectionString => _database!.ConnectionString;
    public NpgsqlDataSource Source => Get<NpgsqlDataSource>();
    public ChainStore Chains => Get<ChainStore>();
    public TransferStore Transfers => Get<TransferStore>();
    public AttestationStore Attestations => Get<AttestationStore>();
    public SigningLogStore SigningLog => Get<SigningLogStore>();
    public LeaseStore Leases => Get<LeaseStore>();
    public SubmissionStore Submissions => Get<SubmissionStore>();
    public HaltStore Halts => Get<HaltStore>();
    public DirectoryStore Directory => Get<DirectoryStore>();
    public BridgeDb Db => Get<IDbContextFactory<BridgeDb>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        _database = await Database.CreateAsync("store");
        _services = new ServiceCollection().AddBridgeStore(ConnectionString).BuildServiceProvider();
        await Get<Migrator>().MigrateAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    public T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The SQLSTATE with which the database refuses a statement, or null.</summary>
    public async Task<string?> RefusalAsync(string sql, string? asRole = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            if (asRole is not null) await new NpgsqlCommand($"SET LOCAL ROLE {asRole}", connection).ExecuteNonQueryAsync();
            await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
        finally
        {
            await transaction.RollbackAsync();
        }
    }
}
