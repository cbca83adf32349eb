namespace Bridge.SystemTests.AuditLog;

/// <summary>One row in every table that the audit log tells of, where the Scene makes none, and an alteration of each.</summary>
internal static class LoggedRows
{
    private const string Word = "decode(repeat('00', 32), 'hex')";
    private const string Account = "decode(repeat('01', 20), 'hex')";

    public const string Insert =
        $"""
        INSERT INTO asset VALUES (71, 1, {Account}, 'lock', 'TKN', 18);
        INSERT INTO validator_set VALUES (71, 1, {Account}, ARRAY[{Account}], 1, true);
        INSERT INTO chain VALUES (71, 'alpha', {Account}, {Account}, 'finalized', 'eip1559', 10, now(), 9, now(), NULL, now());
        INSERT INTO lane_end VALUES (71, 72, true, NULL, now());
        INSERT INTO asset_limit VALUES (71, 1, 5, 100, 90, 60, NULL, NULL, NULL, NULL, NULL, NULL, now());
        INSERT INTO minimum_fee VALUES (71, 72, 1, 1, 2, 3, 4, 5, now());
        INSERT INTO api_key VALUES (gen_random_uuid(), 'somebody', {Word}, ARRAY['webhooks'], now(), NULL, NULL);
        INSERT INTO compliance_reference (request_id, message_id, key_id, ivms101_hash, screening) SELECT gen_random_uuid(), {Word}, id, {Word}, ARRAY[]::text[] FROM api_key LIMIT 1;
        INSERT INTO message_conflict SELECT {Word}, message_id, source_chain, destination_chain, sequence, wire, 1, block_hash, transaction_hash, now() FROM message LIMIT 1;
        INSERT INTO equivocation VALUES (71, 72, 1, {Account}, now());
        INSERT INTO signing_log VALUES ({Word}, 1, {Word}, now());
        INSERT INTO signing_conflict (lane_id, sequence, rolling_hash) VALUES ({Word}, 1, sha256('other'));
        INSERT INTO signature VALUES ({Word}, 1, 1, {Word} || {Word}, now());
        INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES (71, 72, 'TEST', 'a reason');
        INSERT INTO account_quarantine (chain_id, account, reason) VALUES (71, {Account}, 'a reason');
        INSERT INTO ledger_amendment (chain_id, asset_id, accepted, decided_by, why) VALUES (71, 1, 5, 'Ada', 'a reason');
        INSERT INTO operator_request (kind, message_id, asked_by, asked_why) VALUES ('Attest', {Word}, 'somebody', 'a reason');
        INSERT INTO role_pause (role, paused_by, paused_why) VALUES ('attest', 'somebody', 'a reason');
        INSERT INTO audit_verdict (law, state, detail) VALUES ('L1', 'Ok', 'all is well');
        INSERT INTO audit_pause SELECT 71, id, NULL, now() FROM audit_verdict LIMIT 1;
        """;

    /// <summary>Table, column, and another value for it.</summary>
    public static readonly IReadOnlyList<(string Table, string Column, string Value)> Alterations =
    [
        ("message", "amount", "amount + 1"), ("message", "wire", "wire || '\\x00'"), ("transition", "detail", "'another'"), ("message_conflict", "block_height", "2"), ("delivery_event", "account", Account),
        ("attestation", "signature", $"{Word} || {Word}"), ("certificate", "signatures", $"{Word} || {Word}"), ("equivocation", "found_at", "now() + interval '1 day'"),
        ("signing_log", "rolling_hash", "sha256('another')"), ("signing_conflict", "refused_at", "now() + interval '1 day'"), ("signature", "signature", "sha256('a') || sha256('b')"),
        ("lane_halt", "reason", "'another'"), ("account_quarantine", "reason", "'another'"), ("operator_request", "asked_why", "'another'"), ("role_pause", "paused_why", "'another'"), ("ledger_amendment", "accepted", "accepted + 1"), ("compliance_reference", "ivms101_hash", "sha256('another')"), ("audit_verdict", "detail", "'another'"), ("audit_pause", "transaction_hash", Word),
        ("lane", "lane_id", "sha256(lane_id)"), ("asset", "symbol", "'USD'"), ("chain", "finality", "'safe'"), ("lane_end", "is_open", "NOT is_open"), ("asset_limit", "inbound_capacity", "1000"),
        ("minimum_fee", "transfer", "0"), ("api_key", "scopes", "ARRAY['operator']"), ("validator_set", "is_current", "NOT is_current"),
    ];
}
