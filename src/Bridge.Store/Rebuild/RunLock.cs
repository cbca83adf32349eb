using Npgsql;

namespace Bridge.Store;

/// <summary>Roles hold it together, a rebuild holds it alone. It ends with its connection, so a killed process leaves nothing behind.</summary>
public sealed class RunLock(NpgsqlDataSource source)
{
    // Any fixed number does, as long as every release uses the same one.
    private const long Key = 0x6272_6964_7275;

    /// <summary>Null while a rebuild holds it.</summary>
    public Task<HeldRunLock?> TryShareAsync(CancellationToken ct) => TryAsync("pg_try_advisory_lock_shared", ct);

    /// <summary>Null while a role runs, or another rebuild.</summary>
    public Task<HeldRunLock?> TryAloneAsync(CancellationToken ct) => TryAsync("pg_try_advisory_lock", ct);

    private async Task<HeldRunLock?> TryAsync(string function, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        if (await connection.ScalarAsync<bool>($"SELECT {function}($1)", ct, Key)) return new HeldRunLock(connection);
        await connection.DisposeAsync();
        return null;
    }
}

/// <summary>The lock, as long as this lives and its connection does.</summary>
public sealed class HeldRunLock(NpgsqlConnection connection) : IAsyncDisposable
{
    internal NpgsqlConnection Connection => connection;

    /// <exception cref="NpgsqlException">The connection is gone, and the lock with it.</exception>
    public Task ConfirmAsync(CancellationToken ct) => connection.ExecuteAsync("SELECT 1", ct);

    public async ValueTask DisposeAsync()
    {
        // A pooled connection stays open, so the lock would outlive this.
        if (connection.State is System.Data.ConnectionState.Open) await connection.ExecuteAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
        await connection.DisposeAsync();
    }
}
