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

    /// <summary>Writes down what the relayer has not verified yet, and notifies. Offering it twice gives the same id.</summary>
    /// <param name="signer">Whose quota it counts against, where that could be told; null: the quota of all the others together.</param>
    /// <exception cref="IntakeFullException">The quota is used up until some of it is judged. Nothing was stored; offer it again later.</exception>
    public async Task<long> OfferAsync(Attestation attestation, string via, CancellationToken ct, Address? signer = null)
    {
        var checkpoint = attestation.Checkpoint;
        object?[] key = [checkpoint.LaneId, checkpoint.Sequence, checkpoint.RollingHash, attestation.Epoch, attestation.Signature];
        await source.ExecuteAsync(Intake.Insert, ct, [.. key, attestation.Lane.Source, attestation.Lane.Destination, via, signer]);
        await source.ExecuteAsync($"NOTIFY {OfferedChannel}", ct);
        var ids = await source.QueryAsync(
            "SELECT id FROM attestation_intake WHERE lane_id = $1 AND sequence = $2 AND rolling_hash = $3 AND epoch = $4 AND signature = $5", row => row.GetInt64(0), ct, key);
        return ids.Count > 0 ? ids[0] : throw new IntakeFullException(signer);
    }

    /// <summary>
    /// What can be judged now, oldest first. What is for a later epoch, or far above the lane's messages, waits until the chain was read that
    /// far. Two relayers may get the same ones: accepting twice is harmless.
    /// </summary>
    public async Task<IReadOnlyList<(long Id, Attestation Attestation)>> PendingAsync(int limit, CancellationToken ct) => await source.QueryAsync(
        Intake.Pending,
        row => (row.GetInt64(0), new Attestation(
            row.Lane(1, 2), new Checkpoint(row.Hash(3), row.Sequence(4), row.Hash(5)), new Epoch(row.Number(6)), new CompactSignature(row.GetFieldValue<byte[]>(7)))),
        ct, limit);

    /// <summary>Removes what was judged long ago, and the oldest of what is too much. Returns how many rows.</summary>
    public Task<int> PurgeAsync(CancellationToken ct) => source.ExecuteAsync(Intake.Purge, ct);

    /// <summary>Stores what was verified. Of an equivocator's rolling hashes at one sequence two are kept: they prove the fault, and more would only fill the disk.</summary>
    public Task<AcceptResult> AcceptAsync(long intakeId, Attestation attestation, Address signer, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var (lane, checkpoint) = (attestation.Lane, attestation.Checkpoint);
        var inserted = await connection.ExecuteAsync(
            """
            INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE (
                SELECT count(DISTINCT rolling_hash) FROM attestation WHERE source_chain = $1 AND destination_chain = $2 AND sequence = $4 AND signer = $6 AND rolling_hash <> $7) < 2
            ON CONFLICT DO NOTHING
            """, ct, lane.Source, lane.Destination, checkpoint.LaneId, checkpoint.Sequence, attestation.Epoch, signer, checkpoint.RollingHash, attestation.Signature);
        await JudgeAsync(connection, intakeId, null, ct);
        if (await Evidence.FindAsync(connection, attestation, signer, ct)) return AcceptResult.Equivocation;
        return inserted > 0 ? AcceptResult.New : AcceptResult.Known;
    }, ct);

    /// <summary>It stays in the intake with the reason.</summary>
    public Task RejectAsync(long intakeId, string reason, CancellationToken ct) =>
        source.InTransactionAsync(connection => JudgeAsync(connection, intakeId, reason, ct), ct);

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

    /// <summary>What a key has attested to and a relayer of this database has verified, since a time, oldest first.</summary>
    public async Task<IReadOnlyList<(Checkpoint Checkpoint, DateTimeOffset At)>> OfSignerAsync(Address signer, DateTimeOffset since, CancellationToken ct) => await source.QueryAsync(
        "SELECT lane_id, sequence, rolling_hash, received_at FROM attestation WHERE signer = $1 AND received_at >= $2 ORDER BY received_at",
        row => (new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), row.Time(3)), ct, signer, since);

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

    /// <summary>From the first attestation of a checkpoint to its certificate; null without either.</summary>
    public async Task<TimeSpan?> QuorumWaitAsync(Lane lane, Checkpoint checkpoint, Epoch epoch, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT max(c.certified_at) - min(a.received_at) FROM certificate c JOIN attestation a USING (source_chain, destination_chain, sequence, epoch, rolling_hash)
        WHERE c.source_chain = $1 AND c.destination_chain = $2 AND c.sequence = $3 AND c.epoch = $4 AND c.rolling_hash = $5
        """, row => row.IsDBNull(0) ? (TimeSpan?)null : row.GetTimeSpan(0), ct, lane.Source, lane.Destination, checkpoint.Sequence, epoch, checkpoint.RollingHash)).Single();

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

    private static Task<int> JudgeAsync(NpgsqlConnection connection, long intakeId, string? refusal, CancellationToken ct) =>
        connection.ExecuteAsync("UPDATE attestation_intake SET judged_at = now(), refusal = $2 WHERE id = $1 AND judged_at IS NULL", ct, intakeId, refusal);
}
