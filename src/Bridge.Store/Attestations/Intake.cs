using Bridge.Core;

namespace Bridge.Store;

/// <summary>As much is stored of a signer's as waits to be judged at most. Offer it again when some of it was.</summary>
public sealed class IntakeFullException(Address? signer)
    : Exception($"{(signer is { } known ? $"{Intake.Quota} attestations of {known}" : $"{Intake.Quota} attestations of signers that cannot be told yet")} wait to be judged already; offer it again later");

/// <summary>The table of what was offered and is not believed yet. Whatever is offered, it stays small.</summary>
internal static class Intake
{
    /// <summary>Unjudged rows of one signer at most, and of all together whose signer could not be told.</summary>
    public const int Quota = 1024;

    /// <summary>How far above a lane's newest message an attestation is judged: further up nothing can be said about it yet.</summary>
    private const int Ahead = 4096;

    private const int JudgedKept = 20_000;

    /// <summary>Rings in the same commit. No row where it was known, or the quota is used up.</summary>
    public static readonly string Insert =
        $"""
        WITH offered AS (
            INSERT INTO attestation_intake (lane_id, sequence, rolling_hash, epoch, signature, source_chain, destination_chain, via, signer)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::bytea WHERE (
                SELECT count(*) FROM attestation_intake WHERE judged_at IS NULL AND (signer = $9::bytea OR (signer IS NULL AND $9::bytea IS NULL))) < {Quota}
            ON CONFLICT DO NOTHING RETURNING id)
        SELECT id, pg_notify('{AttestationStore.OfferedChannel}', '') FROM offered
        """;

    public const string Known = "SELECT id FROM attestation_intake WHERE lane_id = $1 AND sequence = $2 AND rolling_hash = $3 AND epoch = $4 AND signature = $5";

    /// <summary>The first judgement stays. $1: ids, $2: why it does not count; null: it counts.</summary>
    public const string Judge = "UPDATE attestation_intake SET judged_at = now(), refusal = $2 WHERE id = ANY ($1) AND judged_at IS NULL";

    public static readonly string Pending =
        $"""
        SELECT i.id, i.source_chain, i.destination_chain, i.lane_id, i.sequence, i.rolling_hash, i.epoch, i.signature FROM attestation_intake i
        LEFT JOIN validator_set v ON v.chain_id = i.destination_chain AND v.is_current
        WHERE i.judged_at IS NULL AND i.epoch <= COALESCE(v.epoch, i.epoch) AND i.sequence <= {Ahead} + COALESCE((
            SELECT max(m.sequence) FROM message m
            WHERE m.source_chain = i.source_chain AND m.destination_chain = i.destination_chain AND m.status <> 'Orphaned'), 0)
        ORDER BY i.id LIMIT $1
        """;

    public static readonly string Purge =
        $"""
        DELETE FROM attestation_intake WHERE judged_at < now() - interval '1 day' OR (judged_at IS NOT NULL AND id < (
            SELECT min(id) FROM (SELECT id FROM attestation_intake WHERE judged_at IS NOT NULL ORDER BY id DESC LIMIT {JudgedKept}) newest))
        """;
}
