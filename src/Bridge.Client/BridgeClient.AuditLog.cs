using System.Globalization;

namespace Bridge.Client;

/// <summary>The audit log; exports need an API key with the scope auditor.</summary>
public sealed partial class BridgeClient
{
    /// <summary>What each leaf of the audit log tells, oldest first.</summary>
    /// <param name="from">The first leaf.</param>
    /// <param name="limit">1 to 1000.</param>
    public Task<LogEntryList> ListLogEntriesAsync(string from = "0", int limit = 100, CancellationToken ct = default) =>
        _api.GetAsync(Query("v1/audit/log/entries", [("from", from), ("limit", limit.ToString(CultureInfo.InvariantCulture))]), ApiJson.Default.LogEntryList, ct);

    /// <summary>Every leaf that names a transfer, each with the proof that it is in the log.</summary>
    public Task<LogProof> GetLogProofAsync(string transferId, CancellationToken ct = default) =>
        _api.GetAsync($"v1/audit/log/proof/{Uri.EscapeDataString(transferId)}", ApiJson.Default.LogProof, ct);

    /// <summary>Hands in a witness's cosignature of a checkpoint.</summary>
    public Task<LogCosigned> CosignLogAsync(LogCosignature cosignature, CancellationToken ct = default) =>
        _api.PostAsync("v1/audit/log/cosignatures", Json(cosignature, ApiJson.Default.LogCosignature), null, ApiJson.Default.LogCosigned, ct);

    /// <summary>Has the history of transfers written out. Ask <see cref="GetExportAsync"/> until it is.</summary>
    /// <param name="idempotencyKey">As of <see cref="SubmitTransferAsync"/>.</param>
    public Task<Export> CreateExportAsync(ExportRequest request, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync("v1/audit/exports", Json(request, ApiJson.Default.ExportRequest), Key(idempotencyKey), ApiJson.Default.Export, ct);

    /// <summary>Whether it is written, and its signed manifest.</summary>
    public Task<Export> GetExportAsync(string id, CancellationToken ct = default) => _api.GetAsync($"v1/audit/exports/{Uri.EscapeDataString(id)}", ApiJson.Default.Export, ct);
}
