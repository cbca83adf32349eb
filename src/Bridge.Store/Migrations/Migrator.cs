using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Bridge.Store;

/// <summary>The schema cannot be brought up to date; the message says which file and what to do.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Applies migrations/*.sql in order, each in its own transaction. Several at once wait for each other.</summary>
public sealed class Migrator(NpgsqlDataSource source)
{
    // Any fixed number does, as long as every release uses the same one.
    private const long AdvisoryLock = 0x6272_6964_6765;

    private sealed record Migration(string Name, string Sql)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
    }

    /// <summary>Returns the names of what was applied now.</summary>
    /// <exception cref="MigrationException">An applied file was changed, or the database is newer than this release.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("SELECT pg_advisory_lock($1)", ct, AdvisoryLock);
        try
        {
            await connection.ExecuteAsync(
                "CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())", ct);
            var pending = Pending(await AppliedAsync(connection, ct));
            foreach (var migration in pending) await ApplyAsync(connection, migration, ct);
            return [.. pending.Select(migration => migration.Name)];
        }
        finally
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock($1)", CancellationToken.None, AdvisoryLock);
        }
    }

    /// <summary>Returns the names of what this release has and the database lacks.</summary>
    /// <exception cref="MigrationException">An applied file was changed, or the database is newer than this release.</exception>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var exists = await connection.ScalarAsync<bool>("SELECT to_regclass('schema_migration') IS NOT NULL", ct);
        var applied = exists ? await AppliedAsync(connection, ct) : new Dictionary<string, string>();
        return [.. Pending(applied).Select(migration => migration.Name)];
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await connection.ExecuteAsync(migration.Sql, ct);
        }
        catch (PostgresException e)
        {
            throw new MigrationException($"{migration.Name} failed, and nothing of it was applied: {e.MessageText} (SQLSTATE {e.SqlState})", e);
        }
        await connection.ExecuteAsync("INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)", ct, migration.Name, migration.Checksum);
        await transaction.CommitAsync(ct);
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT name, sha256 FROM schema_migration", row => (Name: row.GetString(0), Checksum: row.GetString(1)), ct);
        return rows.ToDictionary(row => row.Name, row => row.Checksum);
    }

    private static List<Migration> Pending(Dictionary<string, string> applied)
    {
        var known = Embedded();
        if (applied.Keys.Except(known.Select(m => m.Name)).Order().FirstOrDefault() is { } newer)
            throw new MigrationException($"The database has {newer}, which this release does not know. Run the release that made it, or a newer one.");
        foreach (var migration in known)
            if (applied.TryGetValue(migration.Name, out var checksum) && checksum != migration.Checksum)
                throw new MigrationException($"{migration.Name} was changed after it was applied. Restore the file, and put the change into a new one.");
        var pending = known.Where(migration => !applied.ContainsKey(migration.Name)).ToList();
        if (pending.Count > 0 && applied.Keys.Max(StringComparer.Ordinal) is { } newest && string.CompareOrdinal(pending[0].Name, newest) < 0)
            throw new MigrationException($"{pending[0].Name} comes before {newest}, which is applied already. Give it a higher number.");
        return pending;
    }

    private static List<Migration> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new Migration(name, reader.ReadToEnd());
        })];
    }
}
