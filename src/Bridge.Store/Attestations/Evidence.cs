using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Proof of fault of a validator: two rolling hashes at one sequence, or one that is not the lane's. The attestations themselves are the proof.</summary>
internal static class Evidence
{
    /// <summary>Compares a stored attestation with its signer's others and with the lane's final message; true when it contradicts one.</summary>
    public static async Task<bool> FindAsync(NpgsqlConnection connection, Attestation attestation, Address signer, CancellationToken ct)
    {
        object?[] key = [attestation.Lane.Source, attestation.Lane.Destination, attestation.Checkpoint.Sequence];
        var contradicted = await connection.ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT FROM attestation WHERE source_chain = $1 AND destination_chain = $2 AND sequence = $3 AND signer = $4 AND rolling_hash <> $5)
                OR EXISTS (SELECT FROM message WHERE source_chain = $1 AND destination_chain = $2 AND sequence = $3 AND message_id <> $5
                    AND status NOT IN ('Observed', 'Orphaned'))
            """, ct, [.. key, signer, attestation.Checkpoint.RollingHash]);
        if (contradicted)
            await connection.ExecuteAsync("INSERT INTO equivocation (source_chain, destination_chain, sequence, signer) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, [.. key, signer]);
        return contradicted;
    }

    /// <summary>Attestations that came before their message was final here, and turn out to be for another one.</summary>
    public static Task<int> FindForeignAsync(NpgsqlConnection connection, Lane lane, CancellationToken ct) => connection.ExecuteAsync(
        """
        INSERT INTO equivocation (source_chain, destination_chain, sequence, signer)
        SELECT source_chain, destination_chain, sequence, a.signer FROM message m JOIN attestation a USING (source_chain, destination_chain, sequence)
        WHERE source_chain = $1 AND destination_chain = $2 AND m.status NOT IN ('Observed', 'Delivered', 'Orphaned') AND a.rolling_hash <> m.message_id
        ON CONFLICT DO NOTHING
        """, ct, lane.Source, lane.Destination);
}
