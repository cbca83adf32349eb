using System.Text.Json;

namespace Bridge.Client;

/// <param name="LeafIndex">From 0.</param>
/// <param name="LeafHash">SHA-256 of 0x00 and the UTF-8 bytes of <paramref name="Entry"/>.</param>
/// <param name="Entry">Canonical JSON (RFC 8785).</param>
public sealed record LogEntry(ulong LeafIndex, string LeafHash, string Entry);

/// <param name="Next">What to give as from for the page behind; null on the last one.</param>
public sealed record LogEntryList(IReadOnlyList<LogEntry> Entries, string? Next);

/// <param name="Proof">Hashes from the leaf upward (RFC 6962).</param>
public sealed record ProvenLogEntry(ulong LeafIndex, string LeafHash, string Entry, IReadOnlyList<string> Proof);

/// <param name="Checkpoint">C2SP signed note: the proofs lead to its root.</param>
/// <param name="Leaves">Every leaf that names the transfer, oldest first.</param>
public sealed record LogProof(string TransferId, string Checkpoint, IReadOnlyList<ProvenLogEntry> Leaves);

/// <param name="Note">A checkpoint with the witness's line alone.</param>
public sealed record LogCosignature(string Note);

/// <param name="Witness">Who signed it.</param>
public sealed record LogCosigned(string Witness, ulong TreeSize);

/// <param name="Format">csv or jsonl.</param>
/// <param name="Filters">By name; each must hold.</param>
/// <param name="Columns">In that order; null: all.</param>
/// <param name="TreeSize">Leaves of a signed checkpoint: the same request over the same size has the same bytes for ever. Null: the newest.</param>
public sealed record ExportRequest(string Format, IReadOnlyDictionary<string, string>? Filters = null, IReadOnlyList<string>? Columns = null, string? TreeSize = null);

/// <param name="Status">asked or done.</param>
/// <param name="Content">Path of the file, once it is written.</param>
/// <param name="Manifest">Signed: what the file is.</param>
public sealed record Export(
    string Id, string Status, string Format, IReadOnlyDictionary<string, string> Filters, IReadOnlyList<string> Columns, ulong TreeSize, ulong? Rows, ulong? Bytes, string? Content,
    JsonElement? Manifest, DateTimeOffset AskedAt, DateTimeOffset? FinishedAt);
