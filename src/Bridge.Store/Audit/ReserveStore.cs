using System.Numerics;
using Bridge.Core;
using Npgsql;
using NpgsqlTypes;

namespace Bridge.Store;

/// <param name="Escrow">Base units, as all of them.</param>
public sealed record ReserveFigures(AssetId Asset, BigInteger Escrow, BigInteger Minted, BigInteger Gap);

/// <summary>A statement of the auditor's.</summary>
/// <param name="Document">JSON.</param>
/// <param name="Seal">Of the operator's key; null where no node with the role log has signed it.</param>
public sealed record ReserveStatement(long Id, DateTimeOffset TakenAt, string Document, ReserveSeal? Seal);

/// <summary>What the auditor stated of every asset, in the order in which it did.</summary>
public sealed class ReserveStore(NpgsqlDataSource source)
{
    private const string Select = "SELECT id, taken_at, document, signer, signature FROM reserve_statement LEFT JOIN reserve_signature ON statement_id = id";

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
        $"{Select} WHERE taken_at <= $1 {(proven ? "AND proven" : "")} ORDER BY taken_at DESC, id DESC LIMIT 1",
        Read, ct, at)).SingleOrDefault();

    /// <summary>The newest with storage proofs that nobody signed yet.</summary>
    /// <param name="except">Those that nobody will sign.</param>
    public async Task<ReserveStatement?> UnsignedAsync(IReadOnlyCollection<long> except, CancellationToken ct) =>
        (await source.QueryAsync($"{Select} WHERE proven AND statement_id IS NULL AND id <> ALL ($1) ORDER BY id DESC LIMIT 1", Read, ct, except.ToArray())).SingleOrDefault();

    /// <summary>Of two nodes that sign the same, the first is kept: they have the same key.</summary>
    public Task SaveSealAsync(long statement, ReserveSeal seal, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO reserve_signature (statement_id, signer, signature) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, statement, seal.Signer, seal.Signature);

    public async Task<DateTimeOffset?> LastProvenAsync(CancellationToken ct) =>
        (await source.QueryAsync("SELECT max(taken_at) FROM reserve_statement WHERE proven", row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ct)).Single();

    private static ReserveStatement Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.Time(1), row.GetString(2), row.IsDBNull(3) ? null : new ReserveSeal(row.Account(3), new CompactSignature(row.GetFieldValue<byte[]>(4))));
}
