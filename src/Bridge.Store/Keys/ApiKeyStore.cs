using System.Security.Cryptography;
using Npgsql;

namespace Bridge.Store;

/// <summary>Who holds a key of the API.</summary>
/// <param name="Scopes">What it may do beyond what everybody may.</param>
public sealed record ApiKey(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Keys of the API. The key itself is shown once, when it is made: <c>brk_</c>, its id, and 32 random bytes.</summary>
public sealed class ApiKeyStore(NpgsqlDataSource source)
{
    private const string Prefix = "brk_";
    private const int SecretLength = 32;

    public static readonly IReadOnlyList<string> KnownScopes = ["webhooks", "auditor", "operator", "compliance"];

    /// <returns>What its holder is given; it cannot be read again.</returns>
    public async Task<string> CreateAsync(string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        var (id, secret) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(SecretLength));
        await source.ExecuteAsync("INSERT INTO api_key (id, name, secret_hash, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)", ct,
            id, name, SHA256.HashData(secret), scopes.ToArray(), expiresAt);
        return $"{Prefix}{id:N}_{Convert.ToHexStringLower(secret)}";
    }

    /// <summary>Null for what is no key, unknown, expired or revoked. Takes as long for each of them.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        var (id, secret) = Parse(text);
        var rows = await source.QueryAsync(
            "SELECT id, name, scopes, created_at, expires_at, revoked_at, secret_hash, COALESCE(expires_at > now(), true) AND revoked_at IS NULL FROM api_key WHERE id = $1",
            row => (Key: Read(row), Hash: row.GetFieldValue<byte[]>(6), Valid: row.GetBoolean(7)), ct, id);
        var expected = rows.Count == 1 ? rows[0].Hash : new byte[SHA256.HashSizeInBytes];
        var right = CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret), expected);
        return right && rows.Count == 1 && rows[0].Valid ? rows[0].Key : null;
    }

    public async Task<IReadOnlyList<ApiKey>> AllAsync(CancellationToken ct) =>
        await source.QueryAsync("SELECT id, name, scopes, created_at, expires_at, revoked_at FROM api_key ORDER BY created_at", Read, ct);

    /// <summary>At once and for ever. False for a key that is unknown or revoked already.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken ct) =>
        await source.ExecuteAsync("UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL", ct, id) > 0;

    private static (Guid Id, byte[] Secret) Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('_') : [];
        if (parts is not [var id, var secret] || !Guid.TryParseExact(id, "N", out var parsed) || secret.Length != 2 * SecretLength) return (Guid.Empty, []);
        var bytes = new byte[SecretLength];
        return Convert.FromHexString(secret, bytes, out _, out _) is System.Buffers.OperationStatus.Done ? (parsed, bytes) : (Guid.Empty, []);
    }

    private static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.Time(3), row.IsDBNull(4) ? null : row.Time(4), row.IsDBNull(5) ? null : row.Time(5));
}
