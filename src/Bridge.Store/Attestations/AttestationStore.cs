using System.Runtime.CompilerServices;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

public enum AcceptResult
{
    New,
    Known,

    /// <summary>The signer has signed another rolling hash at the same sequence, or one that is not the lane's. All are kept, and its signatures count no more.</summary>
    Equivocation,
}

/// <summary>A relayer's attestations: offered, verified, and certificates made of them.</summary>
public sealed class AttestationStore(NpgsqlDataSource source)
{
    public const string OfferedChannel = "attestation_offered";

    private const string OfLane = "source_chain = $1 AND destination_chain = $2";

    /// <summary>Writes down what nobody has verified yet, and notifies. Offering it twice gives the same id.</summary>
    public async Task<long> OfferAsync(Attestation attestation, string via, CancellationToken ct)
    {
        var checkpoint = attestation.Checkpoint;
        object?[] key = [checkpoint.LaneId, checkpoint.Sequence, checkpoint.RollingHash, attestation.Epoch, attestation.Signature];
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            "INSERT INTO attestation_intake (lane_id, sequence, rolling_hash, epoch, signature, source_chain, destination_chain, via) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            ct, [.. key, attestation.Lane.Source, attestation.Lane.Destination, via]);
        await connection.ExecuteAsync($"NOTIFY {OfferedChannel}", ct);
        return await connection.ScalarAsync<long>(
            "SELECT id FROM attestation_intake WHERE lane_id = $1 AND sequence = $2 AND rolling_hash = $3 AND epoch = $4 AND signature = $5", ct, key);
    }

    /// <summary>Oldest first. Two relayers may get the same ones: accepting twice is harmless.</summary>
    public async Task<IReadOnlyList<(long Id, Attestation Attestation)>> PendingAsync(int limit, CancellationToken ct) => await source.QueryAsync(
        """
        SELECT id, source_chain, destination_chain, lane_id, sequence, rolling_hash, epoch, signature
        FROM attestation_intake WHERE judged_at IS NULL ORDER BY id LIMIT $1
        """,
        row => (row.GetInt64(0), new Attestation(
            row.Lane(1, 2), new Checkpoint(row.Hash(3), row.Sequence(4), row.Hash(5)), new Epoch(row.Number(6)), new CompactSignature(row.GetFieldValue<byte[]>(7)))),
        ct, limit);

    public Task<AcceptResult> AcceptAsync(long intakeId, Attestation attestation, Address signer, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var (lane, checkpoint) = (attestation.Lane, attestation.Checkpoint);
        var inserted = await connection.ExecuteAsync(
            """
            INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """, ct, lane.Source, lane.Destination, checkpoint.LaneId, checkpoint.Sequence, attestation.Epoch, signer, checkpoint.RollingHash, attestation.Signature);
        await JudgeAsync(connection, intakeId, null, ct);
        if (await Evidence.FindAsync(connection, attestation, signer, ct)) return AcceptResult.Equivocation;
        return inserted > 0 ? AcceptResult.New : AcceptResult.Known;
    }, ct);

    /// <summary>It stays in the intake with the reason.</summary>
    public async Task RejectAsync(long intakeId, string reason, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await JudgeAsync(connection, intakeId, reason, ct);
    }

    /// <summary>What is attested above the newest certificate of the epoch, ascending.</summary>
    public async Task<IReadOnlyList<Checkpoint>> OpenCheckpointsAsync(Lane lane, Epoch epoch, CancellationToken ct) => await source.QueryAsync(
        $"""
        SELECT DISTINCT lane_id, sequence, rolling_hash FROM attestation WHERE {OfLane} AND epoch = $3
            AND sequence > COALESCE((SELECT max(sequence) FROM certificate WHERE {OfLane} AND epoch = $3), 0) ORDER BY sequence
        """, row => new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), ct, lane.Source, lane.Destination, epoch);

    /// <summary>Of everyone but those who were ever caught equivocating.</summary>
    public async Task<IReadOnlyDictionary<Address, CompactSignature>> SignaturesAsync(Lane lane, Checkpoint checkpoint, Epoch epoch, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            $"""
            SELECT signer, signature FROM attestation WHERE {OfLane} AND sequence = $3 AND rolling_hash = $4 AND epoch = $5
                AND signer NOT IN (SELECT signer FROM equivocation)
            """, row => (Signer: row.Account(0), Signature: new CompactSignature(row.GetFieldValue<byte[]>(1))), ct,
            lane.Source, lane.Destination, checkpoint.Sequence, checkpoint.RollingHash, epoch);
        return rows.ToDictionary(row => row.Signer, row => row.Signature);
    }

    /// <summary>Stores the certificate and applies it to the lane's messages in one commit. False when it was known.</summary>
    public Task<bool> CertifyAsync(Lane lane, Checkpoint checkpoint, Certificate certificate, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var inserted = await connection.ExecuteAsync(
            """
            INSERT INTO certificate (source_chain, destination_chain, lane_id, sequence, epoch, rolling_hash, signers, signatures)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """, ct, lane.Source, lane.Destination, checkpoint.LaneId, checkpoint.Sequence, certificate.Epoch, checkpoint.RollingHash,
            SignerBitmap.ToWord(certificate.Signers), certificate.Signatures);
        if (inserted == 0) return false;
        await LaneProgress.CatchUpAsync(connection, lane, ct);
        return true;
    }, ct);

    /// <summary>The highest one in (<paramref name="above"/>, <paramref name="notAbove"/>].</summary>
    public async Task<(Checkpoint Checkpoint, Certificate Certificate)?> NewestCertifiedAsync(
        Lane lane, Sequence above, Sequence notAbove, Epoch epoch, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            $"""
            SELECT lane_id, sequence, rolling_hash, signers, signatures FROM certificate
            WHERE {OfLane} AND sequence > $3 AND sequence <= $4 AND epoch = $5 ORDER BY sequence DESC LIMIT 1
            """,
            row => (new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)),
                new Certificate(epoch, SignerBitmap.FromWord(row.GetFieldValue<byte[]>(3)), row.GetFieldValue<byte[]>(4))),
            ct, lane.Source, lane.Destination, above, notAbove, epoch);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Every certified sequence in (<paramref name="above"/>, <paramref name="notAbove"/>], ascending.</summary>
    public async Task<IReadOnlyList<Sequence>> CertifiedAsync(Lane lane, Sequence above, Sequence notAbove, Epoch epoch, CancellationToken ct) => await source.QueryAsync(
        $"SELECT sequence FROM certificate WHERE {OfLane} AND sequence > $3 AND sequence <= $4 AND epoch = $5 ORDER BY sequence",
        row => row.Sequence(0), ct, lane.Source, lane.Destination, above, notAbove, epoch);

    /// <summary>For how long something certified above a sequence has waited; null if nothing does.</summary>
    public async Task<TimeSpan?> WaitedAsync(Lane lane, Sequence above, Epoch epoch, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT clock_timestamp() - min(certified_at) FROM certificate WHERE {OfLane} AND sequence > $3 AND epoch = $4",
        row => row.IsDBNull(0) ? (TimeSpan?)null : row.GetTimeSpan(0), ct, lane.Source, lane.Destination, above, epoch)).Single();

    /// <summary>Accounts that delivered to a chain within the time.</summary>
    public async Task<IReadOnlyList<Address>> DeliverersAsync(ChainId destination, TimeSpan within, CancellationToken ct) => await source.QueryAsync(
        "SELECT DISTINCT account FROM delivery_event WHERE destination_chain = $1 AND kind = 'Delivered' AND account IS NOT NULL AND block_time > now() - $2",
        row => row.Account(0), ct, destination, within);

    /// <summary>The payloads of a channel's notifications, until the connection fails or the token is cancelled.</summary>
    public async IAsyncEnumerable<string> ListenAsync(string channel, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var heard = new Queue<string>();
        connection.Notification += (_, notification) => heard.Enqueue(notification.Payload);
        await connection.ExecuteAsync($"LISTEN {channel}", ct);
        while (true)
        {
            await connection.WaitAsync(ct);
            while (heard.TryDequeue(out var payload)) yield return payload;
        }
    }

    private static Task JudgeAsync(NpgsqlConnection connection, long intakeId, string? refusal, CancellationToken ct) =>
        connection.ExecuteAsync("UPDATE attestation_intake SET judged_at = now(), refusal = $2 WHERE id = $1 AND judged_at IS NULL", ct, intakeId, refusal);
}
