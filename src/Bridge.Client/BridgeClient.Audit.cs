namespace Bridge.Client;

/// <summary>What auditors ask.</summary>
public sealed partial class BridgeClient
{
    /// <summary>The validator's double entry: per asset and chain what messages explain and what the chain has, and what it refuses to move on.</summary>
    public Task<LedgerReport> GetLedgerAsync(CancellationToken ct = default) => _api.GetAsync("v1/audit/ledger", ApiJson.Default.LedgerReport, ct);

    /// <summary>Per asset, each chain at a final block: escrow, supply, what is on its way, fees, and the gap, which must be 0.</summary>
    /// <param name="at">The newest statement that is not younger; null for the newest of all.</param>
    public Task<Reconciliation> GetReconciliationAsync(DateTimeOffset? at = null, CancellationToken ct = default) =>
        _api.GetAsync(Query("v1/audit/reconciliation", [("at", TransferFilter.Time(at))]), ApiJson.Default.Reconciliation, ct);

    /// <summary>The same with storage proofs, which anybody verifies without a node.</summary>
    /// <param name="at">As above.</param>
    public Task<ReservesProof> GetReservesAsync(DateTimeOffset? at = null, CancellationToken ct = default) =>
        _api.GetAsync(Query("v1/audit/reserves", [("at", TransferFilter.Time(at))]), ApiJson.Default.ReservesProof, ct);
}
