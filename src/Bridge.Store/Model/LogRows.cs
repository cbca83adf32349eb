using Bridge.Core;

namespace Bridge.Store;

public sealed record LogPendingRow
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Change { get; init; }
    [System.ComponentModel.DataAnnotations.Schema.Column(TypeName = "jsonb")]
    public required string Told { get; init; }
}

public sealed record LogEntryRow
{
    public required long LeafIndex { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Change { get; init; }
    public required string Entry { get; init; }
    public required Hash32 LeafHash { get; init; }
    public Hash32? MessageId { get; init; }
    public ChainId? SourceChain { get; init; }
    public ChainId? DestinationChain { get; init; }
    public Sequence? FirstSequence { get; init; }
    public Sequence? LastSequence { get; init; }
}

public sealed record LogNodeRow
{
    public required short Level { get; init; }
    public required long Index { get; init; }
    public required Hash32 Hash { get; init; }
}

public sealed record LogHeadRow
{
    public required bool OnlyOne { get; init; }
    public required long Size { get; init; }
}

public sealed record LogKeptRow
{
    public required bool OnlyOne { get; init; }
    public required DateTimeOffset Since { get; init; }
}

public sealed record LogCheckpointRow
{
    public required long Size { get; init; }
    public required string Origin { get; init; }
    public required Hash32 Root { get; init; }
    public required string Line { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record LogWitnessRow
{
    public required Address Account { get; init; }
}

public sealed record LogCosignatureRow
{
    public required long Size { get; init; }
    public required Address Account { get; init; }
    public required string Line { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

public sealed record LogAnchorRow
{
    public required ChainId ChainId { get; init; }
    public required long Size { get; init; }
    public required Hash32 TransactionHash { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed record LogSeenRow
{
    public required string Origin { get; init; }
    public required long Size { get; init; }
    public required Hash32 Root { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

public sealed record AuditExportRow
{
    public required Guid Id { get; init; }
    public required string Principal { get; init; }
    public required string Format { get; init; }
    public required string Filters { get; init; }
    public required string[] Columns { get; init; }
    public required long TreeSize { get; init; }
    public required string Status { get; init; }
    public long? Rows { get; init; }
    public long? Bytes { get; init; }
    public string? Manifest { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

public sealed record AuditExportPartRow
{
    public required Guid ExportId { get; init; }
    public required int Part { get; init; }
    public required byte[] Content { get; init; }
}
