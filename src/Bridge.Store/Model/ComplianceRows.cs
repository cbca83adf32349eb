using Bridge.Core;

namespace Bridge.Store;

public sealed record ComplianceReferenceRow
{
    public long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required Hash32 MessageId { get; init; }
    public required Guid KeyId { get; init; }
    public required DateTimeOffset AttachedAt { get; init; }
    public string? TravelRuleRef { get; init; }
    public Hash32? Ivms101Hash { get; init; }
    public required string[] Screening { get; init; }
}
