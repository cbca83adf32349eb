using Bridge.Api.Transfers;
using Bridge.Store;

namespace Bridge.Api.Webhooks;

internal static class WebhookMapper
{
    public static WebhookBody ToBody(Webhook webhook) => new(
        webhook.Id.ToString(), webhook.Url, webhook.Account?.ToString(), webhook.Description, webhook.DisabledAt is null ? "enabled" : "disabled", webhook.DisabledWhy, Format.Time(webhook.CreatedAt));

    public static WebhookDeliveryBody ToBody(WebhookDelivery delivery, IReadOnlyList<WebhookAttempt> attempts) => new(
        delivery.Id.ToString(), delivery.Status.ToString().ToLowerInvariant(), delivery.Tries, delivery.Status is DeliveryState.Pending ? Format.Time(delivery.NextAt) : null,
        Format.Time(delivery.CreatedAt), delivery.Body, [.. attempts.Select(attempt => new WebhookAttemptBody(Format.Time(attempt.At), attempt.TookMilliseconds, attempt.Status, attempt.Note))]);
}
