using Bridge.Api.Transfers;
using Bridge.Store;

namespace Bridge.Api.Webhooks;

internal static class WebhookMapper
{
    public static WebhookBody ToBody(Webhook webhook) => new(
        webhook.Id.ToString(), webhook.Url, webhook.Account?.ToString(), webhook.Description, webhook.DisabledAt is null ? "enabled" : "disabled", webhook.DisabledWhy, TransferMapper.Text(webhook.CreatedAt));

    public static WebhookDeliveryBody ToBody(WebhookDelivery delivery, IReadOnlyList<WebhookAttempt> attempts) => new(
        delivery.Id.ToString(), delivery.Status.ToString().ToLowerInvariant(), delivery.Tries, delivery.Status is DeliveryState.Pending ? TransferMapper.Text(delivery.NextAt) : null,
        TransferMapper.Text(delivery.CreatedAt), delivery.Body, [.. attempts.Select(attempt => new WebhookAttemptBody(TransferMapper.Text(attempt.At), attempt.TookMilliseconds, attempt.Status, attempt.Note))]);
}
