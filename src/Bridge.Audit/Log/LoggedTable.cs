namespace Bridge.Audit;

/// <summary>A table whose every change is a leaf of the audit log; the same as migrations/ tells the triggers, so that a trigger that lies is found out.</summary>
/// <param name="Keys">Columns by which a row is found, in their order; bytes have a # in front.</param>
/// <param name="LeftOut">Columns that the log does not tell.</param>
/// <param name="Changes">Its rows may change: each change is a leaf of its own, and no fault.</param>
/// <param name="Goes">Its rows may go: with a reorg, a rebuild, or because they hold no longer.</param>
internal sealed record LoggedTable(string Name, string[] Keys, string[] LeftOut, bool Changes = false, bool Goes = false)
{
    public static readonly IReadOnlyList<LoggedTable> All =
    [
        new("message", ["#message_id"], ["status", "updated_at"], Changes: true, Goes: true),
        new("transition", ["id"], [], Goes: true),
        new("message_conflict", ["#message_id"], []),
        new("delivery_event", ["destination_chain", "#transaction_hash", "log_index"], [], Goes: true),
        new("attestation", ["source_chain", "destination_chain", "sequence", "epoch", "#signer", "#rolling_hash"], []),
        new("certificate", ["source_chain", "destination_chain", "sequence", "epoch"], []),
        new("equivocation", ["source_chain", "destination_chain", "sequence", "#signer"], []),
        new("signing_log", ["#lane_id", "sequence"], []),
        new("signing_conflict", ["id"], []),
        new("signature", ["#lane_id", "sequence", "epoch"], []),
        new("lane_halt", ["id"], [], Changes: true),
        new("account_quarantine", ["id"], [], Changes: true),
        new("ledger_amendment", ["id"], []),
        new("operator_request", ["id"], [], Changes: true),
        new("role_pause", ["id"], [], Changes: true),
        new("compliance_reference", ["id"], ["request_id"]),
        new("audit_verdict", ["id"], []),
        new("audit_pause", ["chain_id", "verdict_id"], []),
        new("lane", ["source_chain", "destination_chain"], []),
        new("asset", ["chain_id", "asset_id"], [], Changes: true, Goes: true),
        new("chain", ["chain_id"], ["head_height", "head_time", "final_height", "final_time", "block_seconds", "seen_at"], Changes: true),
        new("lane_end", ["chain_id", "other_chain"], ["seen_at"], Changes: true),
        new("asset_limit", ["chain_id", "asset_id"], ["locked", "inbound_available", "outbound_available", "seen_at"], Changes: true),
        new("minimum_fee", ["source_chain", "destination_chain", "asset_id"], ["seen_at"], Changes: true, Goes: true),
        new("api_key", ["id"], ["name", "secret_hash"], Changes: true),
        new("validator_set", ["chain_id", "epoch"], [], Changes: true),
    ];

    public string KeySql => string.Join(" || ':' || ", Keys.Select(key => key[0] == '#' ? $"'0x' || encode({key[1..]}, 'hex')" : key + "::text"));
}
