using Npgsql;

namespace Bridge.Store;

/// <param name="FencingToken">Larger for each new holder: what an old holder still tries with a smaller one is refused.</param>
public sealed record Lease(string Name, Guid Holder, long FencingToken, DateTimeOffset ExpiresAt);

/// <summary>Another process holds the lease now. What this one tried was not done.</summary>
public sealed class StaleLeaseException(Lease lease) : Exception($"the lease {lease.Name} with token {lease.FencingToken} is no longer held by this process");

/// <summary>Who may use a key's nonces right now. The database's clock decides.</summary>
public sealed class LeaseStore(NpgsqlDataSource source)
{
    /// <summary>Null while another holder's lease has not run out.</summary>
    public async Task<Lease?> TryAcquireAsync(string name, Guid holder, TimeSpan ttl, CancellationToken ct) => (await source.QueryAsync(
        """
        INSERT INTO lease (name, holder, fencing_token, expires_at) VALUES ($1, $2, 1, clock_timestamp() + $3)
        ON CONFLICT (name) DO UPDATE SET holder = $2, fencing_token = lease.fencing_token + 1, expires_at = clock_timestamp() + $3
            WHERE lease.expires_at <= clock_timestamp() OR lease.holder = $2
        RETURNING fencing_token, expires_at
        """, row => new Lease(name, holder, row.GetInt64(0), row.Time(1)), ct, name, holder, ttl)).SingleOrDefault();

    /// <summary>False when it ran out or was taken over.</summary>
    public async Task<bool> RenewAsync(Lease lease, TimeSpan ttl, CancellationToken ct) => await source.ExecuteAsync(
        "UPDATE lease SET expires_at = clock_timestamp() + $4 WHERE name = $1 AND holder = $2 AND fencing_token = $3 AND expires_at > clock_timestamp()",
        ct, lease.Name, lease.Holder, lease.FencingToken, ttl) > 0;

    public Task ReleaseAsync(Lease lease, CancellationToken ct) => source.ExecuteAsync(
        "UPDATE lease SET expires_at = clock_timestamp() WHERE name = $1 AND holder = $2 AND fencing_token = $3", ct, lease.Name, lease.Holder, lease.FencingToken);

    /// <summary>Locks the lease's row until the caller's transaction ends.</summary>
    /// <exception cref="StaleLeaseException">It is not held any more.</exception>
    internal static async Task RequireAsync(NpgsqlConnection connection, Lease lease, CancellationToken ct)
    {
        var held = await connection.QueryAsync(
            "SELECT 1 FROM lease WHERE name = $1 AND holder = $2 AND fencing_token = $3 AND expires_at > clock_timestamp() FOR UPDATE",
            row => true, ct, lease.Name, lease.Holder, lease.FencingToken);
        if (held.Count == 0) throw new StaleLeaseException(lease);
    }
}
