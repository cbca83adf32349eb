using System.Diagnostics;
using Npgsql;

namespace Bridge.Benchmarks.Ingest;

/// <summary>The bound: the rows of the messages once more, by one COPY of bytes that are ready, into a table that has no index but its key.</summary>
internal static class BareCopy
{
    /// <summary>Columns, checks and key of the table of messages; neither its other indexes nor its triggers nor its foreign key.</summary>
    private const string Table = "CREATE TABLE bare (LIKE message INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (message_id))";

    /// <returns>How many rows, and how long it took until they were committed.</returns>
    public static async Task<(long Rows, TimeSpan Took)> RunAsync(NpgsqlDataSource source)
    {
        await ExecuteAsync(source, Table);
        await using var connection = await source.OpenConnectionAsync();
        using var rows = new MemoryStream();
        await using (var stored = await connection.BeginRawBinaryCopyAsync("COPY message TO STDOUT (FORMAT BINARY)")) await stored.CopyToAsync(rows);
        await SettleAsync(source);

        var began = Stopwatch.GetTimestamp();
        await using (var bare = await connection.BeginRawBinaryCopyAsync("COPY bare FROM STDIN (FORMAT BINARY)")) await bare.WriteAsync(rows.GetBuffer().AsMemory(0, (int)rows.Length));
        var took = Stopwatch.GetElapsedTime(began);

        await using var both = source.CreateCommand("SELECT count(*), (SELECT count(*) FROM message) FROM bare");
        await using var counts = await both.ExecuteReaderAsync();
        await counts.ReadAsync();
        return counts.GetInt64(0) == counts.GetInt64(1) ? (counts.GetInt64(0), took) : throw new InvalidOperationException($"{counts.GetInt64(0)} of {counts.GetInt64(1)} rows were copied");
    }

    /// <summary>What was written before is on disk, so that what is measured next does not pay for it.</summary>
    public static Task SettleAsync(NpgsqlDataSource source) => ExecuteAsync(source, "CHECKPOINT");

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
