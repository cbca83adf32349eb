using Bridge.Core;

namespace Bridge.Store;

public sealed record ApiKeyRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required byte[] SecretHash { get; init; }
    public required string[] Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

public sealed record IdempotencyRow
{
    public required string Principal { get; init; }
    public required string Key { get; init; }
    public required byte[] BodyHash { get; init; }
    public required Guid Claim { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public int? Status { get; init; }
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? Body { get; init; }
}

public sealed record ErrandRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required ChainId ChainId { get; init; }
    public Address? Contract { get; init; }
    public string? Method { get; init; }
    public Address? Owner { get; init; }
    public ChainId? DestinationChain { get; init; }
    public AssetId? AssetId { get; init; }
    public Address? Recipient { get; init; }
    public UInt128? Amount { get; init; }
    public UInt128? Fee { get; init; }
    public UInt128? RelayerFee { get; init; }
    public ulong? Deadline { get; init; }
    public UInt128? IntentNonce { get; init; }
    public Hash32? Digest { get; init; }
    public byte[]? Signature { get; init; }
    public Hash32? MessageId { get; init; }
    public Guid? QuoteId { get; init; }
    public required string Principal { get; init; }
    public required string Status { get; init; }
    public string? Detail { get; init; }
    public Address? Account { get; init; }
    public ulong? Nonce { get; init; }
    public ulong? GasLimit { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record ErrandAttemptRow
{
    public required Hash32 TransactionHash { get; init; }
    public required Guid ErrandId { get; init; }
    public required byte[] RawTransaction { get; init; }
    public required UInt128 MaxFee { get; init; }
    public required UInt128 PriorityFee { get; init; }
    public required bool IsCancel { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
}

public sealed record TransferRegistrationRow
{
    public required Hash32 TransactionHash { get; init; }
    public required Guid QuoteId { get; init; }
    public required string RouteId { get; init; }
    public required string Principal { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
}

public sealed record NudgeRow
{
    public required long Id { get; init; }
    public required Hash32 MessageId { get; init; }
    public required string Principal { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed record WebhookRow
{
    public required Guid Id { get; init; }
    public required Guid KeyId { get; init; }
    public required string Url { get; init; }
    public string? Description { get; init; }
    public Address? Account { get; init; }
    public required byte[] Secret { get; init; }
    public byte[]? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    public required long FannedTo { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public string? DisabledWhy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
}

public sealed record WebhookDeliveryRow
{
    public required Guid Id { get; init; }
    public required Guid WebhookId { get; init; }
    public long? TransitionId { get; init; }
    public required string Body { get; init; }
    public required string Status { get; init; }
    public required int Tries { get; init; }
    public required DateTimeOffset NextAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record WebhookAttemptRow
{
    public required long Id { get; init; }
    public required Guid DeliveryId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int TookMilliseconds { get; init; }
    public int? ResponseStatus { get; init; }
    public string? Note { get; init; }
}
