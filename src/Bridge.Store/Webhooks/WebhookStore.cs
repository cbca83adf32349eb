using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Webhooks by the key that made them: what is another key's is as if it were not there.</summary>
public sealed class WebhookStore(NpgsqlDataSource source)
{
    public const int MostOfKey = 20;

    private const string Columns =
        "w.id, w.key_id, w.url, w.description, w.account, w.secret, CASE WHEN w.previous_until > now() THEN w.previous_secret END, w.created_at, w.disabled_at, w.disabled_why";

    private const string Own = "w.id = $1 AND w.key_id = $2 AND w.deleted_at IS NULL";

    /// <summary>Making the same id again changes nothing. False when the key has <see cref="MostOfKey"/> already.</summary>
    public async Task<bool> CreateAsync(Webhook webhook, CancellationToken ct)
    {
        await source.ExecuteAsync(
            $"""
            INSERT INTO webhook (id, key_id, url, description, account, secret, fanned_to) SELECT $1, $2, $3, $4::text, $5::bytea, $6, (SELECT COALESCE(max(id), 0) FROM transition)
            WHERE (SELECT count(*) FROM webhook WHERE key_id = $2 AND deleted_at IS NULL) < {MostOfKey} ON CONFLICT DO NOTHING
            """, ct, webhook.Id, webhook.KeyId, webhook.Url, webhook.Description, webhook.Account, webhook.Secret);
        return await FindAsync(webhook.Id, webhook.KeyId, ct) is not null;
    }

    public async Task<Webhook?> FindAsync(Guid id, Guid key, CancellationToken ct) =>
        (await source.QueryAsync($"SELECT {Columns} FROM webhook w WHERE {Own}", Read, ct, id, key)).SingleOrDefault();

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> OfKeyAsync(Guid key, CancellationToken ct) =>
        await source.QueryAsync($"SELECT {Columns} FROM webhook w WHERE w.key_id = $1 AND w.deleted_at IS NULL ORDER BY w.created_at, w.id", Read, ct, key);

    public async Task<bool> DeleteAsync(Guid id, Guid key, CancellationToken ct) =>
        await source.ExecuteAsync($"UPDATE webhook w SET deleted_at = now() WHERE {Own}", ct, id, key) > 0;

    /// <summary>The old secret signs too for a day, so that the receiver can change over without losing anything.</summary>
    public async Task<bool> RotateAsync(Guid id, Guid key, byte[] secret, CancellationToken ct) => await source.ExecuteAsync(
        $"UPDATE webhook w SET previous_secret = secret, previous_until = now() + interval '24 hours', secret = $3 WHERE {Own}", ct, id, key, secret) > 0;

    public async Task<bool> EnableAsync(Guid id, Guid key, CancellationToken ct) =>
        await source.ExecuteAsync($"UPDATE webhook w SET disabled_at = NULL, disabled_why = NULL WHERE {Own}", ct, id, key) > 0;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<(WebhookDelivery Delivery, IReadOnlyList<WebhookAttempt> Attempts)>> LogAsync(Guid id, int limit, CancellationToken ct)
    {
        var deliveries = await source.QueryAsync($"SELECT {WebhookQueue.Columns} FROM webhook_delivery d WHERE d.webhook_id = $1 ORDER BY d.created_at DESC, d.id DESC LIMIT $2", WebhookQueue.Read, ct, id, limit);
        var attempts = (await source.QueryAsync(
            "SELECT delivery_id, at, took_milliseconds, response_status, note FROM webhook_attempt WHERE delivery_id = ANY ($1) ORDER BY id",
            row => (Delivery: row.GetGuid(0), Attempt: new WebhookAttempt(row.Time(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.TextOrNull(4))), ct,
            deliveries.Select(delivery => delivery.Id).ToArray())).ToLookup(row => row.Delivery, row => row.Attempt);
        return [.. deliveries.Select(delivery => (delivery, (IReadOnlyList<WebhookAttempt>)[.. attempts[delivery.Id]]))];
    }

    internal static Webhook Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.TextOrNull(3), row.BytesOrNull(4) is { } account ? new Address(account) : null, row.GetFieldValue<byte[]>(5), row.BytesOrNull(6),
        row.Time(7), row.IsDBNull(8) ? null : row.Time(8), row.TextOrNull(9));

    internal static string WebhookColumns => Columns;
}
