namespace Bridge.Client;

/// <param name="Url">https, on port 443 or 8443, on the public internet.</param>
/// <param name="Account">Only transfers from or to it. Default: all.</param>
/// <param name="Description">At most 200 characters.</param>
public sealed record WebhookRequest(string Url, string? Account = null, string? Description = null);

public sealed record WebhookList(IReadOnlyList<Webhook> Webhooks);

/// <param name="State">enabled or disabled.</param>
/// <param name="Reason">Why it was disabled.</param>
/// <param name="Secret">Shown when it is made, and when it is rotated; never again.</param>
public sealed record Webhook(string WebhookId, string Url, string? Account, string? Description, string State, string? Reason, DateTimeOffset CreatedAt, string? Secret);

public sealed record WebhookLog(IReadOnlyList<WebhookDelivery> Deliveries);

/// <param name="Status">pending, delivered or failed.</param>
/// <param name="NextAt">Of the next try.</param>
public sealed record WebhookDelivery(
    string DeliveryId, string Status, int Tries, DateTimeOffset? NextAt, DateTimeOffset CreatedAt, string Body, IReadOnlyList<WebhookAttempt> Attempts);

public sealed record WebhookAttempt(DateTimeOffset At, int TookMilliseconds, int? Status, string? Note);

public sealed record WebhookSent(string DeliveryId);

/// <summary>What a webhook is told, with the names of CloudEvents 1.0.</summary>
/// <param name="Type">bridge.transfer.stage, or bridge.test.</param>
/// <param name="Subject">The transfer's id.</param>
public sealed record WebhookEvent(string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, WebhookEventData Data);

/// <param name="From">The internal status before; null at the first.</param>
public sealed record WebhookEventData(string TransferId, string Event, string? From, string To, string? Detail);

/// <summary>What a stream tells, with the names of CloudEvents 1.0.</summary>
/// <param name="Id">Of the change; a stream goes on behind it.</param>
/// <param name="Subject">The transfer's id.</param>
public sealed record ChangeEvent(string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, ChangeData Data);

/// <param name="Status">As the transfer shows it when nothing holds it back.</param>
public sealed record ChangeData(
    string TransferId, string Lane, ulong Sequence, string Event, string? From, string To, string Status, string Stage, string? Detail);
