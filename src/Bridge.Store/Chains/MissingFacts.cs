using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What of a chain's facts is not stored. Inside the caller's transaction.</summary>
/// <param name="facts">With what is missing alone.</param>
/// <param name="known">How many facts there were.</param>
internal sealed class MissingFacts(ChainFacts facts, int known)
{
    public int Known => known;

    public static async Task<MissingFacts> OfAsync(NpgsqlConnection connection, ChainFacts all, CancellationToken ct)
    {
        var sent = (await connection.QueryAsync("SELECT message_id FROM message WHERE message_id = ANY ($1) AND status <> 'Orphaned'", row => row.Hash(0), ct,
            (object)all.Sent.Select(fact => fact.MessageId.ToArray()).ToArray())).ToHashSet();
        var transactions = all.Delivered.Select(fact => fact.Transaction).Concat(all.Deferred.Select(fact => fact.Transaction)).Concat(all.Retried.Select(fact => fact.Transaction))
            .Concat(all.Refunded.Select(fact => fact.Transaction)).Distinct();
        var events = (await connection.QueryAsync("SELECT transaction_hash, log_index FROM delivery_event WHERE destination_chain = $1 AND transaction_hash = ANY ($2)",
            row => (row.Hash(0), (uint)row.GetInt64(1)), ct, all.Chain, transactions.Select(hash => hash.ToArray()).ToArray())).ToHashSet();
        return new MissingFacts(
            all with
            {
                Sent = [.. all.Sent.Where(fact => !sent.Contains(fact.MessageId))],
                Delivered = [.. all.Delivered.Where(fact => !events.Contains((fact.Transaction, fact.LogIndex)))],
                Deferred = [.. all.Deferred.Where(fact => !events.Contains((fact.Transaction, fact.LogIndex)))],
                Retried = [.. all.Retried.Where(fact => !events.Contains((fact.Transaction, fact.LogIndex)))],
                Refunded = [.. all.Refunded.Where(fact => !events.Contains((fact.Transaction, fact.LogIndex)))],
            },
            all.Sent.Count + all.Delivered.Count + all.Deferred.Count + all.Retried.Count + all.Refunded.Count);
    }

    public IReadOnlyList<string> Words() =>
    [
        .. facts.Sent.Select(fact => $"lane {fact.Lane}: {fact.Sequence} was sent in {fact.Transaction}, block {fact.Block.Height}"),
        .. facts.Delivered.Select(fact => $"lane {fact.Lane}: {fact.First} to {fact.Last} were delivered in {fact.Transaction}, block {fact.Block.Height}"),
        .. facts.Deferred.Select(fact => $"lane {fact.Lane}: {fact.Sequence} was deferred in {fact.Transaction}, block {fact.Block.Height}"),
        .. facts.Retried.Select(fact => $"lane {fact.Lane}: {fact.Sequence} was retried in {fact.Transaction}, block {fact.Block.Height}"),
        .. facts.Refunded.Select(fact => $"lane {fact.Lane}: {fact.Sequence} was refunded in {fact.Transaction}, block {fact.Block.Height}"),
    ];

    /// <summary>As a watcher would have; what was sent is final with it, because its block is.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await SentWriter.WriteAsync(connection, facts.Sent, ct);
        foreach (var fact in facts.Sent)
            await StatusChange.ApplyToAsync(connection, fact.Lane, fact.MessageId, TransferEvent.SourceFinalized, $"read again: block {fact.Block.Height} is final", ct);
        foreach (var fact in facts.Deferred) await FactWriter.DeferredAsync(connection, fact, ct);
        foreach (var fact in facts.Retried) await FactWriter.RetriedAsync(connection, fact, ct);
        foreach (var fact in facts.Refunded) await FactWriter.RefundedAsync(connection, fact, ct);
        foreach (var fact in facts.Delivered) await FactWriter.DeliveredAsync(connection, fact, ct);
        var lanes = facts.Sent.Select(fact => fact.Lane).Concat(facts.Delivered.Select(fact => fact.Lane)).Concat(facts.Deferred.Select(fact => fact.Lane))
            .Concat(facts.Retried.Select(fact => fact.Lane)).Concat(facts.Refunded.Select(fact => fact.Lane));
        foreach (var lane in lanes.Distinct().OrderBy(lane => lane.Source).ThenBy(lane => lane.Destination)) await LaneProgress.CatchUpAsync(connection, lane, ct);
    }
}
