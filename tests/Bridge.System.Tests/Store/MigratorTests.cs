using Bridge.Store;
using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Store;

public sealed class MigratorTests : IAsyncLifetime
{
    private Database? _database;
    private NpgsqlDataSource? _source;

    private Migrator Migrator => new(_source!);

    public async Task InitializeAsync()
    {
        _database = await Database.CreateAsync("migrator");
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _source!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_that_migrate_at_once_one_does_the_work()
    {
        (await Migrator.PendingAsync(default)).Count.ShouldBeGreaterThanOrEqualTo(5);

        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Migrator.MigrateAsync(default)));

        applied.Count(names => names.Count > 0).ShouldBe(1);
        (await Migrator.PendingAsync(default)).ShouldBeEmpty();
    }

    /// <summary>Roles belong to the cluster, which has the real ones already: this plays their creation with names of its own.</summary>
    [Fact]
    public async Task Several_databases_of_one_cluster_make_the_roles_at_once()
    {
        var mark = $"{Guid.NewGuid():N}";
        var file = await File.ReadAllTextAsync(Path.Combine(Machine.Root, "migrations", "0005_roles.sql"));
        var create = file[..(file.IndexOf("END $$;", StringComparison.Ordinal) + 7)]
            .Replace("'bridge_node', 'bridge_api'", string.Join(", ", Enumerable.Range(0, 30).Select(n => $"'r{n}_{mark}'")), StringComparison.Ordinal);
        create.ShouldContain(mark);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ExecuteAsync(create)));
            await ExecuteAsync(create);
        }
        finally
        {
            for (var n = 0; n < 30; n++) await ExecuteAsync($"DROP ROLE IF EXISTS r{n}_{mark}");
        }
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_named()
    {
        await Migrator.MigrateAsync(default);
        await ExecuteAsync("UPDATE schema_migration SET sha256 = 'other' WHERE name = '0003_signing_log.sql'");

        (await Should.ThrowAsync<MigrationException>(() => Migrator.MigrateAsync(default))).Message.ShouldContain("0003_signing_log.sql");
        (await Should.ThrowAsync<MigrationException>(() => Migrator.PendingAsync(default))).Message.ShouldContain("0003_signing_log.sql");
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused()
    {
        await Migrator.MigrateAsync(default);
        await ExecuteAsync("INSERT INTO schema_migration (name, sha256) VALUES ('9999_future.sql', '')");

        (await Should.ThrowAsync<MigrationException>(() => Migrator.MigrateAsync(default))).Message.ShouldContain("9999_future.sql");
    }

    [Fact]
    public async Task A_file_put_before_an_applied_one_is_refused()
    {
        await Migrator.MigrateAsync(default);
        await ExecuteAsync("DELETE FROM schema_migration WHERE name = '0002_attestations.sql'");

        (await Should.ThrowAsync<MigrationException>(() => Migrator.MigrateAsync(default))).Message.ShouldContain("higher number");
    }

    [Fact]
    public async Task A_migration_that_fails_is_named_and_leaves_nothing_behind()
    {
        await ExecuteAsync("CREATE TABLE certificate (id int)");

        (await Should.ThrowAsync<MigrationException>(() => Migrator.MigrateAsync(default))).Message.ShouldContain("0002_attestations.sql");

        (await Migrator.PendingAsync(default))[0].ShouldBe("0002_attestations.sql");
        await ExecuteAsync("SELECT FROM message");
        await Should.ThrowAsync<PostgresException>(() => ExecuteAsync("SELECT FROM attestation_intake"));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
