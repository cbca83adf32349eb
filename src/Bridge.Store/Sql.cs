using System.Numerics;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Statements with $1, $2, … for what locks, counts or returns in one round trip.</summary>
internal static class Sql
{
    // Before the commit nothing has happened, whatever broke.
    private static readonly FaultKind[] BeforeCommit = [FaultKind.Conflict, FaultKind.Away, FaultKind.ReadOnly];

    // A statement of its own commits itself: when the connection breaks it may have happened.
    private static readonly FaultKind[] Undone = [FaultKind.Conflict, FaultKind.ReadOnly];

    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T?> ScalarAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(ct) is T found ? found : default;
    }

    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    public static Task<List<T>> QueryAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values) => Transient.RunAsync(source, async () =>
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            return await connection.QueryAsync(sql, read, ct, values);
        }, Undone, ct);

    public static Task<int> ExecuteAsync(this NpgsqlDataSource source, string sql, CancellationToken ct, params object?[] values) => Transient.RunAsync(source, async () =>
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(sql, ct, values);
    }, Undone, ct);

    /// <summary>
    /// All of <paramref name="work"/> or nothing. What failed for a passing reason has been undone as a whole, so it is done again a few times;
    /// every other failure is the caller's.
    /// </summary>
    /// <exception cref="CommitOutcomeUnknownException">Only reading again tells whether it happened.</exception>
    public static Task<T> InTransactionAsync<T>(this NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) => Transient.RunAsync(source, async () =>
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var result = await work(connection);
        try
        {
            await transaction.CommitAsync(ct);
        }
        catch (Exception e) when (DatabaseFault.Of(e) is { Kind: FaultKind.Away })
        {
            throw new CommitOutcomeUnknownException(e);
        }
        return result;
    }, BeforeCommit, ct);

    public static Hash32 Hash(this NpgsqlDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));
    public static Address Account(this NpgsqlDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));
    public static ulong Number(this NpgsqlDataReader row, int column) => checked((ulong)row.GetInt64(column));
    public static Sequence Sequence(this NpgsqlDataReader row, int column) => new(row.Number(column));
    public static Lane Lane(this NpgsqlDataReader row, int source, int destination) => new(new ChainId(row.Number(source)), new ChainId(row.Number(destination)));
    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    public static byte[]? BytesOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
    public static ulong? NumberOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Number(column);

    /// <summary>numeric(39, 0) does not fit into a decimal.</summary>
    public static UInt128 Amount(this NpgsqlDataReader row, int column) => checked((UInt128)row.GetFieldValue<BigInteger>(column));
    public static UInt128? AmountOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Amount(column);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = ToColumn(value) });
        return command;
    }

    private static object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        Hash32 hash => hash.ToArray(),
        Address address => address.ToArray(),
        ChainId chain => Big(chain.Value),
        Sequence sequence => Big(sequence.Value),
        Epoch epoch => Big(epoch.Value),
        AssetId asset => (long)asset.Value,
        ulong number => Big(number),
        uint number => (long)number,
        UInt128 amount => (BigInteger)amount,
        CompactSignature signature => signature.ToArray(),
        Enum text => text.ToString(),
        _ => value,
    };

    /// <exception cref="ArgumentOutOfRangeException">Above 2^63 - 1, which a bigint column cannot hold.</exception>
    internal static long Big(ulong number) => number <= long.MaxValue
        ? (long)number
        : throw new ArgumentOutOfRangeException(nameof(number), $"{number} is above {long.MaxValue}, the largest number the database can hold.");
}
