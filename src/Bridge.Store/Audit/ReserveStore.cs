using System.Numerics;
using Bridge.Core;
using Npgsql;
using NpgsqlTypes;

namespace Bridge.Store;

/// <param name="Escrow">Base units, as all of them.</param>
public sealed record ReserveFigures(AssetId Asset, BigInteger Escrow, BigInteger Minted, BigInteger Gap);

/// <summary>A statement of the auditor's.</summary>
/// <param name="Document">JSON.</param>
public sealed record ReserveStatement(long Id, DateTimeOffset TakenAt, string Document);

/// <summary>What the auditor stated of every asset, in the order in which it did.</summary>
public sealed class ReserveStore(NpgsqlDataSource source)
{
    /// <param name="document">JSON.</param>
    /// <param name="proven">Whether it holds storage proofs.</param>
    public Task SaveAsync(DateTimeOffset takenAt, string document, bool proven, IReadOnlyList<ReserveFigures> assets, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("INSERT INTO reserve_statement (taken_at, document, proven) VALUES ($1, $2, $3) RETURNING id", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = takenAt });
        command.Parameters.Add(new NpgsqlParameter { Value = document, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = proven });
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        foreach (var asset in assets)
            await connection.ExecuteAsync("INSERT INTO reserve_asset (statement_id, asset_id, escrow, minted, gap) VALUES ($1, $2, $3, $4, $5)", ct, id, asset.Asset, asset.Escrow, asset.Minted, asset.Gap);
        return id;
    }, ct);

    /// <summary>The newest that is not younger than a moment; null where there is none.</summary>
    /// <param name="proven">Of those with storage proofs alone.</param>
    public async Task<ReserveStatement?> FindAsync(DateTimeOffset at, bool proven, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT id, taken_at, document FROM reserve_statement WHERE taken_at <= $1 {(proven ? "AND proven" : "")} ORDER BY taken_at DESC, id DESC LIMIT 1",
        row => new ReserveStatement(row.GetInt64(0), row.Time(1), row.GetString(2)), ct, at)).SingleOrDefault();

    public async Task<DateTimeOffset?> LastProvenAsync(CancellationToken ct) =>
        (await source.QueryAsync("SELECT max(taken_at) FROM reserve_statement WHERE proven", row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ct)).Single();
}
