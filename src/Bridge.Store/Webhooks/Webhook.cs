using Bridge.Core;

namespace Bridge.Store;

/// <summary>Somebody's endpoint that is told of transfers.</summary>
/// <param name="Account">Only transfers from or to it; null: all.</param>
/// <param name="Secret">Of the HMAC.</param>
/// <param name="PreviousSecret">Still signs too, for a day after it was replaced.</param>
public sealed record Webhook(
    Guid Id, Guid KeyId, string Url, string? Description, Address? Account, byte[] Secret, byte[]? PreviousSecret, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt,
    string? DisabledWhy);

public enum DeliveryState { Pending, Delivered, Failed }

/// <param name="TransitionId">Null for a test.</param>
public sealed record WebhookDelivery(Guid Id, Guid WebhookId, long? TransitionId, string Body, DeliveryState Status, int Tries, DateTimeOffset NextAt, DateTimeOffset CreatedAt);

/// <param name="Status">Of the answer; null if there was none.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int TookMilliseconds, int? Status, string? Note);

/// <summary>A change of a transfer's status that a webhook has not been told of.</summary>
public sealed record Untold(Guid WebhookId, long TransitionId, Hash32 MessageId, TransitionView Transition);
