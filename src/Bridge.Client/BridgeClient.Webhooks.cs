using System.Globalization;

namespace Bridge.Client;

/// <summary>Webhooks need an API key with the scope webhooks.</summary>
public sealed partial class BridgeClient
{
    private const string Webhooks = "v1/webhooks";

    /// <summary>Has an endpoint told of every change. Keep the secret: it is not shown again. <see cref="WebhookVerifier"/> needs it.</summary>
    /// <param name="idempotencyKey">As of <see cref="SubmitTransferAsync"/>.</param>
    public Task<Webhook> CreateWebhookAsync(WebhookRequest request, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Webhooks, Json(request, ApiJson.Default.WebhookRequest), Key(idempotencyKey), ApiJson.Default.Webhook, ct);

    /// <summary>The key's endpoints, oldest first.</summary>
    public Task<WebhookList> ListWebhooksAsync(CancellationToken ct = default) => _api.GetAsync(Webhooks, ApiJson.Default.WebhookList, ct);

    public Task<Webhook> GetWebhookAsync(string id, CancellationToken ct = default) => _api.GetAsync(Of(id), ApiJson.Default.Webhook, ct);

    /// <summary>Nothing more is sent there.</summary>
    public Task DeleteWebhookAsync(string id, CancellationToken ct = default) => _api.DeleteAsync(Of(id), ct);

    /// <summary>A new secret; for a day the old one signs too.</summary>
    public Task<Webhook> RotateWebhookSecretAsync(string id, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Of(id, "secrets"), null, Key(idempotencyKey), ApiJson.Default.Webhook, ct);

    /// <summary>Sends again to an endpoint that was disabled after its last try.</summary>
    public Task<Webhook> EnableWebhookAsync(string id, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Of(id, "enable"), null, Key(idempotencyKey), ApiJson.Default.Webhook, ct);

    /// <summary>Sends a test event.</summary>
    public Task<WebhookSent> TestWebhookAsync(string id, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Of(id, "tests"), null, Key(idempotencyKey), ApiJson.Default.WebhookSent, ct);

    /// <summary>What was sent, with every try, newest first.</summary>
    /// <param name="limit">1 to 100.</param>
    public Task<WebhookLog> ListWebhookDeliveriesAsync(string id, int limit = 50, CancellationToken ct = default) =>
        _api.GetAsync(Query(Of(id, "deliveries"), [("limit", limit.ToString(CultureInfo.InvariantCulture))]), ApiJson.Default.WebhookLog, ct);

    /// <summary>Sends one once more, under its old id.</summary>
    public Task<WebhookSent> RedeliverWebhookAsync(string id, string deliveryId, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Of(id, $"deliveries/{Uri.EscapeDataString(deliveryId)}/redeliveries"), null, Key(idempotencyKey), ApiJson.Default.WebhookSent, ct);

    private static string Of(string id, string? rest = null) => $"{Webhooks}/{Uri.EscapeDataString(id)}{(rest is null ? "" : $"/{rest}")}";
}
