using Bridge.Core;

namespace Bridge.Store;

public sealed record AttestationIntakeRow
{
    public long Id { get; init; }
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Hash32 RollingHash { get; init; }
    public required Epoch Epoch { get; init; }
    public required CompactSignature Signature { get; init; }
    public required string Via { get; init; }
    public required DateTimeOffset OfferedAt { get; init; }
    public DateTimeOffset? JudgedAt { get; init; }
    public string? Refusal { get; init; }
    public Address? Signer { get; init; }
}

public sealed record AttestationRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Epoch Epoch { get; init; }
    public required Address Signer { get; init; }
    public required Hash32 RollingHash { get; init; }
    public required CompactSignature Signature { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

public sealed record EquivocationRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Sequence Sequence { get; init; }
    public required Address Signer { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
}

public sealed record CertificateRow
{
    public required ChainId SourceChain { get; init; }
    public required ChainId DestinationChain { get; init; }
    public required Hash32 LaneId { get; init; }
    public required Sequence Sequence { get; init; }
    public required Epoch Epoch { get; init; }
    public required Hash32 RollingHash { get; init; }
    public required byte[] Signers { get; init; }
    public required byte[] Signatures { get; init; }
    public required DateTimeOffset CertifiedAt { get; init; }
}

public sealed record ParkedRow
{
    public long Id { get; init; }
    public required string Queue { get; init; }
    public string? ContentType { get; init; }
    public required string Reason { get; init; }
    public required byte[] Body { get; init; }
    public required long BodySize { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedAs { get; init; }
    public string? EndedBy { get; init; }
    public string? EndedWhy { get; init; }
}
