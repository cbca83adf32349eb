using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>
/// Brings a lane's messages up to every fact stored about them, in whatever order the chains were read. A certificate or delivery counts
/// once its rolling hash is the id of a finalized message of the lane; another hash at a finalized sequence halts the lane.
/// </summary>
internal static class LaneProgress
{
    // OFFSET 0 at the end, here and below: asked only whether there is one, the server would drop the order, and with it the index that answers at once.
    private static readonly string ForeignCertificates =
        $"""
        SELECT c.sequence, c.rolling_hash, own.message_id FROM certificate c CROSS JOIN LATERAL ({Underway.Undelivered} AND m.sequence = c.sequence OFFSET 0) own
        WHERE c.source_chain = $1 AND c.destination_chain = $2 AND c.sequence >= {Underway.First} AND c.rolling_hash <> own.message_id ORDER BY c.sequence LIMIT 1 OFFSET 0
        """;

    private static readonly string ForeignDeliveries =
        $"""
        SELECT e.last_sequence, e.rolling_hash, own.message_id FROM delivery_event e CROSS JOIN LATERAL ({Underway.Undelivered} AND m.sequence = e.last_sequence OFFSET 0) own
        WHERE e.source_chain = $1 AND e.destination_chain = $2 AND e.last_sequence >= {Underway.First} AND e.kind = 'Delivered' AND e.rolling_hash <> own.message_id
        ORDER BY e.last_sequence LIMIT 1 OFFSET 0
        """;

    // An orphan may be mined again: what is said about it waits until its source is final past the block that it was in.
    private const string Sourceless =
        """
        SELECT m.message_id FROM message m
        WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.status = 'Orphaned'
            AND m.block_height <= (SELECT finalized_height FROM chain_cursor WHERE chain_id = $1)
            AND (EXISTS (SELECT FROM certificate c WHERE c.source_chain = $1 AND c.destination_chain = $2 AND c.sequence = m.sequence AND c.rolling_hash = m.message_id)
              OR EXISTS (SELECT FROM delivery_event e WHERE e.source_chain = $1 AND e.destination_chain = $2 AND e.last_sequence = m.sequence AND e.rolling_hash = m.message_id))
        """;

    private static readonly string Certifiable = Underway.In(TransferStatus.Finalized,
        $"""
        sequence + 0 <= (
            SELECT c.sequence FROM certificate c CROSS JOIN LATERAL ({Underway.Final} AND m.message_id = c.rolling_hash AND m.sequence = c.sequence OFFSET 0) own
            WHERE c.source_chain = $1 AND c.destination_chain = $2 ORDER BY c.sequence DESC LIMIT 1)
        """);

    /// <summary>Everything below in one question: at nearly every block of nearly every lane there is nothing to do.</summary>
    private static readonly string Anything = "SELECT " + string.Join(" OR ", new[]
    {
        ForeignCertificates, ForeignDeliveries, Evidence.Foreign, Certifiable, Sourceless,
        DeliveryProgress.Delivered, DeliveryProgress.FinallyDeferred, DeliveryProgress.FinallyRefunded, DeliveryProgress.FinallyDelivered,
    }.Select(one => $"EXISTS ({one})"));

    public static async Task<ApplyResult> CatchUpAsync(NpgsqlConnection connection, Lane lane, CancellationToken ct)
    {
        if (!await connection.ScalarAsync<bool>(Anything, ct, lane.Source, lane.Destination)) return ApplyResult.None;
        await HaltOnAsync(ForeignCertificates, HaltCodes.ForeignCertificate, "a quorum signed");
        await HaltOnAsync(ForeignDeliveries, HaltCodes.ForeignDelivery, "the destination accepted");
        await Evidence.FindForeignAsync(connection, lane, ct);

        var result = await DeliveryProgress.ApplyAsync(connection, lane, TransferEvent.QuorumReached, Certifiable, ct);
        result = result.With(await DeliveryProgress.CatchUpAsync(connection, lane, ct));
        foreach (var orphan in await connection.QueryAsync(Sourceless, row => row.Hash(0), ct, lane.Source, lane.Destination))
            result = result.With(await StatusChange.ApplyToAsync(connection, lane, orphan, TransferEvent.QuorumReached, null, ct));
        return result;

        async Task HaltOnAsync(string sql, string code, string what)
        {
            foreach (var reason in await connection.QueryAsync(sql, row => $"{what} {row.Hash(1)} at sequence {row.Sequence(0)}, where the lane has {row.Hash(2)}", ct, lane.Source, lane.Destination))
                await HaltStore.HaltOnceAsync(connection, lane, code, reason, ct);
        }
    }
}
