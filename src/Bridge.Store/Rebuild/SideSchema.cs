using Npgsql;

namespace Bridge.Store;

/// <summary>Empty copies of the tables in a schema of their own, to read the chains into without touching what is stored.</summary>
public static class SideSchema
{
    public const string Name = "rebuild";

    /// <param name="connectionString">Npgsql's form; its login must own the tables and may create a schema.</param>
    /// <returns>A connection string whose tables are the copies.</returns>
    public static string ConnectionString(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Name }.ConnectionString;

    /// <summary>Anew: what a killed rebuild left is thrown away. Foreign keys and triggers are not copied.</summary>
    public static async Task CreateAsync(HeldRunLock alone, CancellationToken ct)
    {
        await DropAsync(alone, ct);
        await alone.Connection.ExecuteAsync(
            $"""
            CREATE SCHEMA {Name};
            DO $$
            DECLARE original regclass;
            BEGIN
                FOR original IN SELECT oid FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relkind = 'r' LOOP
                    EXECUTE format('CREATE TABLE {Name}.%I (LIKE %s INCLUDING ALL)', (SELECT relname FROM pg_class WHERE oid = original), original);
                END LOOP;
            END $$;
            """, ct);
    }

    /// <summary>Where the connection is gone, the next rebuild does it: nothing may hide why this one failed.</summary>
    public static Task TryDropAsync(HeldRunLock alone) =>
        alone.Connection.State is System.Data.ConnectionState.Open ? DropAsync(alone, CancellationToken.None) : Task.CompletedTask;

    private static Task DropAsync(HeldRunLock alone, CancellationToken ct) => alone.Connection.ExecuteAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE", ct);
}
