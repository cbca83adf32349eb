using Bridge.Core;
using Npgsql;
using static Bridge.Core.TransferStatus;

namespace Bridge.Store;

/// <summary>
/// Applies what a destination's Bridge said to a lane's messages. A lane is delivered in order, so all up to the last delivered sequence
/// are delivered, but for those that were deferred and not retried; these may be refunded. Applying the same facts again changes nothing.
/// </summary>
internal static class DeliveryProgress
{
    private const string OfLane = "source_chain = $1 AND destination_chain = $2";
    private const string OfDestinationFinality = "block_height <= (SELECT finalized_height FROM chain_cursor WHERE chain_id = $2)";

    // A batch counts when the lane's own, final message has its rolling hash: a destination is believed about delivery, not about content.
    private const string LastDelivered =
        $"""
        SELECT e.last_sequence FROM delivery_event e CROSS JOIN LATERAL ({Underway.Final} AND m.message_id = e.rolling_hash AND m.sequence = e.last_sequence OFFSET 0) own
        WHERE e.source_chain = $1 AND e.destination_chain = $2 AND e.kind = 'Delivered'
        """;

    // The last sequence of a lane that a batch has brought; null if none has.
    private const string Newest = $"({LastDelivered} ORDER BY e.last_sequence DESC LIMIT 1)";

    // The same, in a block that is final.
    private const string NewestFinal = $"({LastDelivered} AND e.{OfDestinationFinality} ORDER BY e.last_sequence DESC LIMIT 1)";

    private const string OfMessage = "e.source_chain = $1 AND e.destination_chain = $2 AND e.first_sequence = message.sequence";

    // OFFSET 0: looked up message by message, where the server would else read all that was ever deferred on the lane.
    private const string IsDeferred = $"EXISTS (SELECT FROM delivery_event e WHERE {OfMessage} AND e.kind = 'Deferred' OFFSET 0)";
    private const string IsFinallyRetried = $"EXISTS (SELECT FROM delivery_event e WHERE {OfMessage} AND e.kind = 'Retried' AND e.{OfDestinationFinality} OFFSET 0)";

    private static readonly TransferStatus[] NotKnownAsExecuted = [Finalized, Certified, Submitted];
    private static readonly TransferStatus[] NotDone = [.. NotKnownAsExecuted, Executed];

    /// <summary>The sequences that a batch has brought to the destination, and that are not known as executed yet.</summary>
    public static readonly string Delivered = Underway.InAny(NotKnownAsExecuted, $"sequence + 0 <= {Newest} AND NOT {IsDeferred}");

    // By the destination's finalized height, as the cursor holds it.
    public static readonly string FinallyDeferred =
        $"""
        SELECT d.first_sequence FROM delivery_event d CROSS JOIN LATERAL (
            SELECT FROM message m WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.sequence = d.first_sequence AND m.status IN ('Finalized', 'Certified', 'Submitted', 'Executed') OFFSET 0) own
        WHERE d.source_chain = $1 AND d.destination_chain = $2 AND d.kind = 'Deferred' AND d.kind <> 'Delivered' AND d.{OfDestinationFinality}
            AND d.first_sequence >= {Underway.First} AND d.first_sequence <= {Newest}
        """;

    public const string FinallyRefunded =
        $"""
        SELECT sequence FROM message WHERE {OfLane} AND status = 'Deferred'
            AND EXISTS (SELECT FROM delivery_event e WHERE {OfMessage} AND e.kind = 'Refunded' AND e.{OfDestinationFinality} OFFSET 0)
        """;

    public static readonly string FinallyDelivered =
        $"""
        {Underway.InAny(NotDone, $"sequence + 0 <= {NewestFinal} AND (NOT {IsDeferred} OR {IsFinallyRetried})")}
        UNION ALL (SELECT sequence FROM message WHERE {OfLane} AND status = 'Deferred' AND {IsFinallyRetried})
        """;

    /// <summary>Observed first, then what is final: in the order in which a message goes through them.</summary>
    public static async Task<ApplyResult> CatchUpAsync(NpgsqlConnection connection, Lane lane, CancellationToken ct)
    {
        var result = await ApplyAsync(connection, lane, TransferEvent.DeliveryObserved, Delivered, ct);
        result = result.With(await ApplyAsync(connection, lane, TransferEvent.DeferredOnChain, FinallyDeferred, ct));
        result = result.With(await ApplyAsync(connection, lane, TransferEvent.RefundFinalized, FinallyRefunded, ct));
        return result.With(await ApplyAsync(connection, lane, TransferEvent.DeliveryFinalized, FinallyDelivered, ct));
    }

    /// <summary>A reorg of the destination took its blocks above a height away. A final delivery among them halts its lane.</summary>
    public static async Task<ApplyResult> DropAsync(NpgsqlConnection connection, ChainId destination, ulong above, string detail, CancellationToken ct)
    {
        var vanished = await connection.QueryAsync(
            """
            DELETE FROM delivery_event WHERE destination_chain = $1 AND block_height > $2
            RETURNING source_chain, destination_chain, block_height <= COALESCE((SELECT finalized_height FROM chain_cursor WHERE chain_id = $1), 0)
            """, row => (Lane: row.Lane(0, 1), WasFinal: row.GetBoolean(2)), ct, destination, above);
        var result = ApplyResult.None;
        foreach (var lane in vanished.GroupBy(v => v.Lane, v => v.WasFinal))
        {
            result = result.With(await ApplyAsync(
                connection, lane.Key, TransferEvent.DeliveryDropped,
                $"""
                SELECT sequence FROM message WHERE {OfLane} AND status = 'Executed'
                    AND sequence > COALESCE((SELECT max(last_sequence) FROM delivery_event WHERE {OfLane} AND kind = 'Delivered'), 0)
                """, ct, detail));
            if (!lane.Any(wasFinal => wasFinal)) continue;
            await HaltStore.HaltAsync(connection, lane.Key, HaltCodes.FinalDeliveryVanished, detail, ct);
            result = result with { Halted = true };
        }
        return result;
    }

    /// <param name="select">The sequences that it happened to; $1 and $2 are the lane.</param>
    public static async Task<ApplyResult> ApplyAsync(
        NpgsqlConnection connection, Lane lane, TransferEvent happened, string select, CancellationToken ct, string? detail = null)
    {
        var sequences = await connection.QueryAsync(select, row => row.Sequence(0), ct, lane.Source, lane.Destination);
        var result = ApplyResult.None;
        foreach (var (first, last) in Runs(sequences)) result = result.With(await StatusChange.ApplyAsync(connection, lane, first, last, happened, detail, ct));
        return result;
    }

    /// <summary>Neighbouring sequences as ranges.</summary>
    internal static IEnumerable<(Sequence First, Sequence Last)> Runs(IEnumerable<Sequence> sequences)
    {
        (Sequence First, Sequence Last)? run = null;
        foreach (var sequence in sequences.Order())
        {
            if (run is { } open && open.Last.Next() == sequence) run = (open.First, sequence);
            else
            {
                if (run is { } done) yield return done;
                run = (sequence, sequence);
            }
        }
        if (run is { } final) yield return final;
    }
}
