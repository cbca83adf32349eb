using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="At">When a relayer of this organisation got it.</param>
public sealed record SignatureView(Address Validator, CompactSignature Signature, DateTimeOffset At);

/// <summary>What was signed over a checkpoint that covers a transfer.</summary>
/// <param name="Certificate">Null below the threshold.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, Epoch Epoch, Certificate? Certificate, IReadOnlyList<SignatureView> Signatures);

/// <summary>What anybody needs to deliver. Reads only.</summary>
public sealed class DeliveryQueries(NpgsqlDataSource source)
{
    private const string Covers = "source_chain = $1 AND destination_chain = $2 AND sequence >= $3 AND sequence < $3 + 128";

    /// <summary>The last sequence that the destination was seen to have taken, final or not; 0 if none.</summary>
    public async Task<Sequence> DeliveredAsync(Lane lane, CancellationToken ct) => (await source.QueryAsync(
        "SELECT COALESCE(max(last_sequence), 0) FROM delivery_event WHERE source_chain = $1 AND destination_chain = $2 AND kind = 'Delivered'",
        row => row.Sequence(0), ct, lane.Source, lane.Destination)).Single();

    /// <summary>The certified checkpoint nearest above a sequence, of the current epoch if there is one; else the one with the most signatures; null before the first.</summary>
    public async Task<SignedCheckpoint?> CoveringAsync(Lane lane, Sequence sequence, Epoch current, CancellationToken ct)
    {
        var certified = await source.QueryAsync(
            $"SELECT lane_id, sequence, rolling_hash, epoch, signers, signatures FROM certificate WHERE {Covers} ORDER BY epoch = $4 DESC, sequence, epoch DESC LIMIT 1",
            row => (Checkpoint: new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), Certificate: new Certificate(
                new Epoch(row.Number(3)), SignerBitmap.FromWord(row.GetFieldValue<byte[]>(4)), row.GetFieldValue<byte[]>(5))), ct,
            lane.Source, lane.Destination, sequence, current);
        if (certified is [var found])
            return new SignedCheckpoint(found.Checkpoint, found.Certificate.Epoch, found.Certificate, await SignaturesAsync(lane, found.Checkpoint, found.Certificate.Epoch, ct));
        var attested = await source.QueryAsync(
            $"""
            SELECT lane_id, sequence, rolling_hash FROM attestation WHERE {Covers} AND epoch = $4 AND signer NOT IN (SELECT signer FROM equivocation)
            GROUP BY 1, 2, 3 ORDER BY count(*) DESC, sequence LIMIT 1
            """, row => new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), ct, lane.Source, lane.Destination, sequence, current);
        return attested is [var open] ? new SignedCheckpoint(open, current, null, await SignaturesAsync(lane, open, current, ct)) : null;
    }

    private Task<List<SignatureView>> SignaturesAsync(Lane lane, Checkpoint checkpoint, Epoch epoch, CancellationToken ct) => source.QueryAsync(
        """
        SELECT signer, signature, received_at FROM attestation WHERE source_chain = $1 AND destination_chain = $2 AND sequence = $3 AND rolling_hash = $4 AND epoch = $5
            AND signer NOT IN (SELECT signer FROM equivocation) ORDER BY signer
        """, row => new SignatureView(row.Account(0), new CompactSignature(row.GetFieldValue<byte[]>(1)), row.Time(2)), ct,
        lane.Source, lane.Destination, checkpoint.Sequence, checkpoint.RollingHash, epoch);
}
