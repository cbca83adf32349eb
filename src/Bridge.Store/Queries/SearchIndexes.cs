using Npgsql;

namespace Bridge.Store;

/// <summary>What people search by. A database has it from the day on which an API first reads it.</summary>
public sealed class SearchIndexes(NpgsqlDataSource source)
{
    /// <summary>Makes them where they are not. Beside millions of messages it takes minutes, and whoever writes messages waits.</summary>
    /// <returns>Whether this call made them.</returns>
    public Task<bool> BeginAsync(CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("SET LOCAL statement_timeout = 0", ct);
        await using var begin = new NpgsqlCommand("SELECT search_begin()", connection) { CommandTimeout = 0 };
        return (bool)(await begin.ExecuteScalarAsync(ct))!;
    }, ct);
}
