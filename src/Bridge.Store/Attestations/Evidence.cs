using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Proof of fault of a validator: two rolling hashes at one sequence, or one that is not the lane's. The attestations themselves are the proof.</summary>
internal static class Evidence
{
    /// <summary>Compares stored attestations with their signers' others and with the lanes' final messages; one answer each, true when it contradicts one.</summary>
    public static async Task<IReadOnlyList<bool>> FindAsync(NpgsqlConnection connection, IReadOnlyList<Verified> stored, CancellationToken ct)
    {
        var columns = AttestationColumns.Of(stored);
        var contradicted = await connection.QueryAsync(
            $"""
            SELECT EXISTS (SELECT FROM attestation a WHERE a.source_chain = n.source AND a.destination_chain = n.destination AND a.sequence = n.sequence
                    AND a.signer = n.signer AND a.rolling_hash <> n.rolling_hash)
                OR EXISTS (SELECT FROM message m WHERE m.source_chain = n.source AND m.destination_chain = n.destination AND m.sequence = n.sequence
                    AND m.message_id <> n.rolling_hash AND m.status NOT IN ('Observed', 'Orphaned'))
            FROM {AttestationColumns.Rows} ORDER BY n.place
            """, row => row.GetBoolean(0), ct, columns);
        for (var i = 0; i < stored.Count; i++)
        {
            if (!contradicted[i]) continue;
            var (lane, checkpoint) = (stored[i].Attestation.Lane, stored[i].Attestation.Checkpoint);
            await connection.ExecuteAsync(
                "INSERT INTO equivocation (source_chain, destination_chain, sequence, signer) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                ct, lane.Source, lane.Destination, checkpoint.Sequence, stored[i].Signer);
        }
        return contradicted;
    }

    /// <summary>Attestations that came before their message was final here, and turn out to be for another one. $1 and $2 are the lane.</summary>
    public static readonly string Foreign =
        $"""
        SELECT a.source_chain, a.destination_chain, a.sequence, a.signer FROM attestation a CROSS JOIN LATERAL ({Underway.Undelivered} AND m.sequence = a.sequence OFFSET 0) own
        WHERE a.source_chain = $1 AND a.destination_chain = $2 AND a.sequence >= {Underway.First} AND a.rolling_hash <> own.message_id
        """;

    public static Task<int> FindForeignAsync(NpgsqlConnection connection, Lane lane, CancellationToken ct) => connection.ExecuteAsync(
        $"INSERT INTO equivocation (source_chain, destination_chain, sequence, signer) {Foreign} ON CONFLICT DO NOTHING", ct, lane.Source, lane.Destination);
}
