using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Stores what was verified, inside the caller's transaction.</summary>
internal static class Acceptance
{
    // Of an equivocator's rolling hashes at one sequence two are kept: they prove the fault, and more would only fill the disk.
    private const string Insert =
        $"""
        INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
        SELECT n.source, n.destination, n.lane_id, n.sequence, n.epoch, n.signer, n.rolling_hash, n.signature FROM {AttestationColumns.Rows} WHERE (
            SELECT count(DISTINCT a.rolling_hash) FROM attestation a WHERE a.source_chain = n.source AND a.destination_chain = n.destination
                AND a.sequence = n.sequence AND a.signer = n.signer AND a.rolling_hash <> n.rolling_hash) < 2
        ON CONFLICT DO NOTHING RETURNING source_chain, destination_chain, sequence, epoch, signer
        """;

    /// <returns>In the order of <paramref name="all"/>.</returns>
    public static async Task<IReadOnlyList<AcceptResult>> AcceptAsync(NpgsqlConnection connection, IReadOnlyList<Verified> all, CancellationToken ct)
    {
        var results = new AcceptResult[all.Count];
        foreach (var turn in Turns(all))
        {
            var members = turn.Select(place => all[place]).ToList();
            var stored = (await connection.QueryAsync(Insert, row => (row.Lane(0, 1), row.Sequence(2), row.Number(3), row.Account(4)), ct, AttestationColumns.Of(members))).ToHashSet();
            var contradicted = await Evidence.FindAsync(connection, members, ct);
            for (var i = 0; i < turn.Count; i++)
            {
                var (attestation, signer) = (members[i].Attestation, members[i].Signer);
                var isNew = stored.Contains((attestation.Lane, attestation.Checkpoint.Sequence, attestation.Epoch.Value, signer));
                results[turn[i]] = contradicted[i] ? AcceptResult.Equivocation : isNew ? AcceptResult.New : AcceptResult.Known;
            }
        }
        await connection.ExecuteAsync(Intake.Judge, ct, all.Select(one => one.IntakeId).ToArray(), null);
        return results;
    }

    /// <summary>
    /// Places in <paramref name="all"/>, in turns of which none holds a signer twice at one sequence: a statement does not see its own rows,
    /// so it can count the rolling hashes of none that it stores.
    /// </summary>
    internal static IEnumerable<IReadOnlyList<int>> Turns(IReadOnlyList<Verified> all) => all
        .Select((one, place) => (Key: (one.Attestation.Lane, one.Attestation.Checkpoint.Sequence, one.Signer), Place: place))
        .GroupBy(one => one.Key, one => one.Place)
        .SelectMany(same => same.Select((place, turn) => (Turn: turn, Place: place)))
        .GroupBy(one => one.Turn, one => one.Place)
        .OrderBy(turn => turn.Key)
        .Select(turn => (IReadOnlyList<int>)[.. turn.Order()]);
}
