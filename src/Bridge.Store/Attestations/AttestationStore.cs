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

/// <param name="Signatures">By signer, at least as many as the threshold.</param>
/// <param name="Waited">Since the first of them was taken.</param>
/// <param name="Own">The lane's own rolling hash at that sequence, as it was read here.</param>
public sealed record Quorum(Checkpoint Checkpoint, IReadOnlyDictionary<Address, CompactSignature> Signatures, TimeSpan Waited, Hash32? Own);

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
        var ids = await source.QueryAsync(Intake.Insert, row => row.GetInt64(0), ct, [.. key, attestation.Lane.Source, attestation.Lane.Destination, via, signer]);
        if (ids.Count == 0) ids = await source.QueryAsync(Intake.Known, row => row.GetInt64(0), ct, key);
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

    /// <summary>Stores what was verified, in one commit.</summary>
    /// <returns>In the order of <paramref name="verified"/>.</returns>
    public Task<IReadOnlyList<AcceptResult>> AcceptAsync(IReadOnlyList<Verified> verified, CancellationToken ct) =>
        source.InTransactionAsync(connection => Acceptance.AcceptAsync(connection, verified, ct), ct);

    /// <summary>It stays in the intake with the reason.</summary>
    public Task RejectAsync(long intakeId, string reason, CancellationToken ct) =>
        source.InTransactionAsync(connection => connection.ExecuteAsync(Intake.Judge, ct, new[] { intakeId }, reason), ct);

    /// <summary>
    /// What a quorum has attested to above the newest certificate of the epoch, ascending. The signatures are of everyone but those who were
    /// ever caught equivocating.
    /// </summary>
    /// <param name="notAbove">The newest message that is final here: the validators' reading may be ahead of ours, and our own decides.</param>
    public async Task<IReadOnlyList<Quorum>> QuorumsAsync(
        Lane lane, Epoch epoch, IReadOnlyList<Address> members, int threshold, Sequence notAbove, int limit, CancellationToken ct) => await source.QueryAsync(
        $"""
        SELECT a.lane_id, a.sequence, a.rolling_hash, array_agg(a.signer), array_agg(a.signature), extract(epoch FROM clock_timestamp() - min(a.received_at))::float8, (
            SELECT m.message_id FROM message m WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.sequence = a.sequence AND m.status <> 'Orphaned')
        FROM attestation a WHERE {OfLane} AND epoch = $3 AND sequence <= $4 AND signer = ANY ($5) AND signer NOT IN (SELECT signer FROM equivocation)
            AND sequence > COALESCE((SELECT max(sequence) FROM certificate WHERE {OfLane} AND epoch = $3), 0)
        GROUP BY a.lane_id, a.sequence, a.rolling_hash HAVING count(*) >= $6 ORDER BY a.sequence LIMIT $7
        """,
        row => new Quorum(
            new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), Signatures(row.GetFieldValue<byte[][]>(3), row.GetFieldValue<byte[][]>(4)),
            TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(5))), row.IsDBNull(6) ? null : row.Hash(6)),
        ct, lane.Source, lane.Destination, epoch, notAbove, members.Select(member => member.ToArray()).ToArray(), threshold, limit);

    /// <summary>What a key has attested to and a relayer of this database has verified, since a time, oldest first.</summary>
    public async Task<IReadOnlyList<(Checkpoint Checkpoint, DateTimeOffset At)>> OfSignerAsync(Address signer, DateTimeOffset since, CancellationToken ct) => await source.QueryAsync(
        "SELECT lane_id, sequence, rolling_hash, received_at FROM attestation WHERE signer = $1 AND received_at >= $2 ORDER BY received_at",
        row => (new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), row.Time(3)), ct, signer, since);

    /// <summary>Stores certificates and applies them to the lane's messages in one commit. Returns the sequences of those that were not known.</summary>
    public Task<IReadOnlyList<Sequence>> CertifyAsync(Lane lane, IReadOnlyList<(Checkpoint Checkpoint, Certificate Certificate)> certified, CancellationToken ct) => source.InTransactionAsync<IReadOnlyList<Sequence>>(async connection =>
    {
        var inserted = await connection.QueryAsync(
            """
            INSERT INTO certificate (source_chain, destination_chain, lane_id, sequence, epoch, rolling_hash, signers, signatures)
            SELECT $1, $2, * FROM unnest($3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[]) ON CONFLICT DO NOTHING RETURNING sequence
            """, row => row.Sequence(0), ct, lane.Source, lane.Destination,
            Column(one => one.Checkpoint.LaneId.ToArray()), Column(one => Sql.Big(one.Checkpoint.Sequence.Value)), Column(one => Sql.Big(one.Certificate.Epoch.Value)),
            Column(one => one.Checkpoint.RollingHash.ToArray()), Column(one => SignerBitmap.ToWord(one.Certificate.Signers)), Column(one => one.Certificate.Signatures));
        if (inserted.Count > 0) await LaneProgress.CatchUpAsync(connection, lane, ct);
        return inserted;

        T[] Column<T>(Func<(Checkpoint Checkpoint, Certificate Certificate), T> of) => [.. certified.Select(of)];
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
        try
        {
            while (true)
            {
                await connection.WaitAsync(ct);
                while (heard.TryDequeue(out var payload)) yield return payload;
            }
        }
        finally
        {
            // Whoever gets the connection from the pool next does not listen.
            if (connection.State is System.Data.ConnectionState.Open) await connection.ExecuteAsync("UNLISTEN *", CancellationToken.None);
        }
    }

    private static Dictionary<Address, CompactSignature> Signatures(byte[][] signers, byte[][] signatures) =>
        signers.Zip(signatures).ToDictionary(one => new Address(one.First), one => new CompactSignature(one.Second));
}
