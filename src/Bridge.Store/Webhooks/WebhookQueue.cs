using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What webhooks are still to be told. Several processes may work on it: a delivery is claimed by one at a time, and made at least once.</summary>
public sealed class WebhookQueue(NpgsqlDataSource source)
{
    internal const string Columns = "d.id, d.webhook_id, d.transition_id, d.body, d.status, d.tries, d.next_at, d.created_at";

    /// <summary>Ids are given before commits happen, so that many are looked at again behind what was told last.</summary>
    private const int Slack = 1000;

    /// <summary>A process that claimed a delivery and died is followed by another after so long.</summary>
    private const string Claim = "interval '60 seconds'";

    /// <summary>Oldest first, of every webhook that is neither gone nor disabled.</summary>
    public async Task<IReadOnlyList<Untold>> UntoldAsync(int limit, CancellationToken ct) => await source.QueryAsync(
        $"""
        SELECT w.id, t.id, t.message_id, t.at, t.event, t.from_status, t.to_status, t.detail FROM webhook w
        CROSS JOIN LATERAL (
            SELECT t.* FROM transition t JOIN message m ON m.message_id = t.message_id
            WHERE t.id > w.fanned_to - {Slack} AND t.at >= w.created_at AND t.at > now() - interval '7 days' AND (w.account IS NULL OR w.account IN (m.sender, m.recipient))
                AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.transition_id = t.id)
            ORDER BY t.id LIMIT $1) t
        WHERE w.deleted_at IS NULL AND w.disabled_at IS NULL ORDER BY t.id LIMIT $1
        """, row => new Untold(row.GetGuid(0), row.GetInt64(1), row.Hash(2), new TransitionView(row.GetInt64(1), row.Time(3), row.GetString(4), row.TextOrNull(5), row.GetString(6), row.TextOrNull(7))), ct, limit);

    public Task PutAsync(IReadOnlyList<(Untold Untold, Guid Id, string Body)> deliveries, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        foreach (var (untold, id, body) in deliveries)
        {
            await connection.ExecuteAsync("INSERT INTO webhook_delivery (id, webhook_id, transition_id, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, id, untold.WebhookId, untold.TransitionId, body);
            await connection.ExecuteAsync("UPDATE webhook SET fanned_to = GREATEST(fanned_to, $2) WHERE id = $1", ct, untold.WebhookId, untold.TransitionId);
        }
        return deliveries.Count;
    }, ct);

    public Task TestAsync(Guid id, Guid webhook, string body, CancellationToken ct) =>
        source.ExecuteAsync("INSERT INTO webhook_delivery (id, webhook_id, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, id, webhook, body);

    /// <summary>Once more from the first try, under the same id. False for a delivery that is not the webhook's.</summary>
    public async Task<bool> RedeliverAsync(Guid webhook, Guid delivery, CancellationToken ct) => await source.ExecuteAsync(
        "UPDATE webhook_delivery SET status = 'Pending', tries = 0, next_at = now() WHERE id = $2 AND webhook_id = $1", ct, webhook, delivery) > 0;

    /// <summary>Claims what is due, at most one of each webhook.</summary>
    /// <param name="busy">Webhooks that are being told something already: a slow one has no second place in the row.</param>
    public async Task<(WebhookDelivery Delivery, Webhook Webhook)?> ClaimAsync(IReadOnlyCollection<Guid> busy, CancellationToken ct)
    {
        var claimed = await source.QueryAsync(
            $"""
            UPDATE webhook_delivery d SET tries = d.tries + 1, next_at = now() + {Claim} FROM webhook w WHERE w.id = d.webhook_id AND d.id = (
                SELECT o.id FROM webhook_delivery o JOIN webhook v ON v.id = o.webhook_id AND v.deleted_at IS NULL AND v.disabled_at IS NULL
                WHERE o.status = 'Pending' AND o.next_at <= now() AND o.webhook_id <> ALL ($1) ORDER BY o.next_at, o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED)
            RETURNING {WebhookStore.WebhookColumns}, {Columns}
            """, row => (Read(row, 10), WebhookStore.Read(row)), ct, busy.ToArray());
        return claimed.Count == 0 ? null : claimed[0];
    }

    /// <param name="next">When to try again; null: no more.</param>
    /// <param name="disableWhy">Set after the last try: nothing more is sent there until its owner enables it.</param>
    public Task RecordAsync(WebhookDelivery delivery, WebhookAttempt attempt, bool delivered, TimeSpan? next, string? disableWhy, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("INSERT INTO webhook_attempt (delivery_id, took_milliseconds, response_status, note) VALUES ($1, $2, $3, $4)", ct, delivery.Id, attempt.TookMilliseconds, attempt.Status, attempt.Note);
        var status = delivered ? DeliveryState.Delivered : next is null ? DeliveryState.Failed : DeliveryState.Pending;
        await connection.ExecuteAsync("UPDATE webhook_delivery SET status = $2, next_at = now() + COALESCE($3, interval '0') WHERE id = $1", ct, delivery.Id, status, next);
        if (disableWhy is not null) await connection.ExecuteAsync("UPDATE webhook SET disabled_at = now(), disabled_why = $2 WHERE id = $1 AND disabled_at IS NULL", ct, delivery.WebhookId, disableWhy);
        return status;
    }, ct);

    /// <summary>What was made thirty days ago or more goes, with its tries: long after it could be told again.</summary>
    public Task PurgeAsync(CancellationToken ct) => source.ExecuteAsync(
        """
        WITH old AS (SELECT id FROM webhook_delivery WHERE created_at < now() - interval '30 days' LIMIT 10000),
            tries AS (DELETE FROM webhook_attempt WHERE delivery_id IN (SELECT id FROM old))
        DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM old)
        """, ct);

    internal static WebhookDelivery Read(NpgsqlDataReader row) => Read(row, 0);

    private static WebhookDelivery Read(NpgsqlDataReader row, int at) => new(
        row.GetGuid(at), row.GetGuid(at + 1), row.IsDBNull(at + 2) ? null : row.GetInt64(at + 2), row.GetString(at + 3), Enum.Parse<DeliveryState>(row.GetString(at + 4)), row.GetInt32(at + 5),
        row.Time(at + 6), row.Time(at + 7));
}
