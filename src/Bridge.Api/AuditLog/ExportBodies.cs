using System.Text.Json;

namespace Bridge.Api.AuditLog;

/// <param name="Format">csv or jsonl.</param>
/// <param name="Filters">By name; each must hold. Default: all transfers.</param>
/// <param name="Columns">In that order. Default: all.</param>
/// <param name="TreeSize">Leaves of a signed checkpoint: the same request over the same size has the same bytes for ever. Default: the newest.</param>
public sealed record CreateExportBody(string Format, IReadOnlyDictionary<string, string>? Filters = null, IReadOnlyList<string>? Columns = null, string? TreeSize = null);

/// <param name="Status">asked or done.</param>
/// <param name="Content">Where the file is, once it is written.</param>
/// <param name="Manifest">Signed: what the file is, and its SHA-256. Save it beside the file as its name and .manifest.json.</param>
public sealed record ExportBody(
    string Id, string Status, string Format, IReadOnlyDictionary<string, string> Filters, IReadOnlyList<string> Columns, string TreeSize, string? Rows, string? Bytes, string? Content,
    JsonElement? Manifest, string AskedAt, string? FinishedAt);
