namespace Bridge.Api.Webhooks;

/// <param name="Url">https, on port 443 or 8443, on the public internet.</param>
/// <param name="Account">Only transfers from or to it. Default: all.</param>
public sealed record CreateWebhookBody(string? Url, string? Account = null, string? Description = null);

/// <param name="Secret">Shown when it is made, and when it is rotated; never again.</param>
/// <param name="State">enabled or disabled.</param>
/// <param name="Reason">Why it was disabled.</param>
public sealed record WebhookBody(string WebhookId, string Url, string? Account, string? Description, string State, string? Reason, string CreatedAt, string? Secret = null);

public sealed record WebhookListBody(IReadOnlyList<WebhookBody> Webhooks);

/// <param name="Status">pending, delivered or failed.</param>
/// <param name="NextAt">Of the next try.</param>
public sealed record WebhookDeliveryBody(string DeliveryId, string Status, int Tries, string? NextAt, string CreatedAt, string Body, IReadOnlyList<WebhookAttemptBody> Attempts);

public sealed record WebhookAttemptBody(string At, int TookMilliseconds, int? Status, string? Note);

public sealed record WebhookLogBody(IReadOnlyList<WebhookDeliveryBody> Deliveries);

public sealed record WebhookSentBody(string DeliveryId);

/// <summary>What is sent, with the names of CloudEvents 1.0.</summary>
public sealed record EventBody(string Specversion, string Id, string Source, string Type, string Subject, string Time, EventDataBody Data);

public sealed record EventDataBody(string TransferId, string Event, string? From, string To, string? Detail);
