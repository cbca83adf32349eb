using Bridge.Core;

namespace Bridge.Store;

/// <summary>An offered attestation whose signer was recovered and is a member of the set.</summary>
/// <param name="IntakeId">The row that it was offered in.</param>
public sealed record Verified(long IntakeId, Attestation Attestation, Address Signer);

/// <summary>Attestations as eight arrays, so that one statement takes any number of them.</summary>
internal static class AttestationColumns
{
    /// <summary>A FROM item, called n, of what <see cref="Of"/> gives as $1 to $8. `place` counts from 1.</summary>
    public const string Rows =
        """
        unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[])
            WITH ORDINALITY AS n (source, destination, lane_id, sequence, epoch, signer, rolling_hash, signature, place)
        """;

    public static object?[] Of(IReadOnlyList<Verified> all) =>
    [
        Column(all, one => Sql.Big(one.Attestation.Lane.Source.Value)), Column(all, one => Sql.Big(one.Attestation.Lane.Destination.Value)),
        Column(all, one => one.Attestation.Checkpoint.LaneId.ToArray()), Column(all, one => Sql.Big(one.Attestation.Checkpoint.Sequence.Value)),
        Column(all, one => Sql.Big(one.Attestation.Epoch.Value)), Column(all, one => one.Signer.ToArray()),
        Column(all, one => one.Attestation.Checkpoint.RollingHash.ToArray()), Column(all, one => one.Attestation.Signature.ToArray()),
    ];

    private static T[] Column<T>(IReadOnlyList<Verified> all, Func<Verified, T> of) => [.. all.Select(of)];
}
