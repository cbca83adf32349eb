using Npgsql;

namespace Bridge.Store;

/// <summary>Keys of the API's processes, made with the database.</summary>
public sealed class SecretQueries(NpgsqlDataSource source)
{
    /// <exception cref="InvalidOperationException">There is none of that name: the schema is older than this release.</exception>
    public async Task<byte[]> ReadAsync(string name, CancellationToken ct) =>
        (await source.QueryAsync("SELECT value FROM api_secret WHERE name = $1", row => row.GetFieldValue<byte[]>(0), ct, name)) is [var value]
            ? value
            : throw new InvalidOperationException($"the database has no secret '{name}'; run 'bridge migrate'");
}
