namespace Bridge.Client;

/// <summary>Attaching needs an API key with the scope compliance; looking, that one or auditor.</summary>
public sealed partial class BridgeClient
{
    /// <summary>Attaches references to travel rule data and screenings to a transfer. What was attached before is superseded as a whole, and stays readable.</summary>
    /// <param name="transferId">The transfer's id.</param>
    /// <param name="idempotencyKey">As of <see cref="SubmitTransferAsync"/>.</param>
    public Task<ComplianceReference> AttachComplianceAsync(string transferId, ComplianceAttachment attachment, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Path(transferId, "/compliance", null), Json(attachment, ApiJson.Default.ComplianceAttachment), Key(idempotencyKey), ApiJson.Default.ComplianceReference, ct);

    /// <summary>What was attached to a transfer, newest first.</summary>
    /// <param name="id">The transfer's id, or its transaction on either chain.</param>
    /// <param name="logIndex">As of <see cref="GetTransferAsync"/>.</param>
    public Task<ComplianceList> ListComplianceAsync(string id, int? logIndex = null, CancellationToken ct = default) =>
        _api.GetAsync(Path(id, "/compliance", logIndex), ApiJson.Default.ComplianceList, ct);
}
