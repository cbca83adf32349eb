// The moments at which a process dies or freezes, seen from outside: by what its database shows. A point without a visible state is a
// moment of its role's work like any other, which chance picks.
const RECENT = "interval '300 milliseconds'";
const OPEN = "s.status NOT IN ('Final', 'Dropped', 'Failed')";

/** @type {Record<string, { role: string, what: string, sql: string | null }>} sql: true at the point */
export const KILL_POINTS = {
  W1: { role: "watch", what: "logs read", sql: null },
  W2: { role: "watch", what: "inside the transaction", sql: "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND query ILIKE '%message%'" },
  W3: { role: "watch", what: "rows committed, bell not rung", sql: `SELECT max(observed_at) > clock_timestamp() - ${RECENT} FROM message` },
  W4: { role: "watch", what: "finality committed, bell not rung", sql: `SELECT max(at) > clock_timestamp() - ${RECENT} FROM transition WHERE event = 'SourceFinalized'` },
  W5: { role: "watch", what: "cursor moved", sql: `SELECT max(updated_at) > clock_timestamp() - ${RECENT} FROM chain_cursor` },
  V1: { role: "attest", what: "bell heard", sql: null },
  V2: { role: "attest", what: "verified anew", sql: `SELECT max(at) > clock_timestamp() - ${RECENT} FROM transition WHERE event = 'SourceFinalized'` },
  V3: { role: "attest", what: "in the signing log, not signed", sql: "SELECT count(*) > 0 FROM signing_log l WHERE recorded_at > clock_timestamp() - interval '2 seconds' AND NOT EXISTS (SELECT FROM signature s WHERE s.lane_id = l.lane_id AND s.sequence = l.sequence)" },
  V4: { role: "attest", what: "signed, not handed over", sql: "SELECT count(*) > 0 FROM signature s WHERE signed_at > clock_timestamp() - interval '2 seconds' AND NOT EXISTS (SELECT FROM handover h WHERE h.lane_id = s.lane_id AND h.sequence = s.sequence)" },
  V5: { role: "attest", what: "handed over", sql: `SELECT max(at) > clock_timestamp() - ${RECENT} FROM handover` },
  R1: { role: "relay", what: "a signature short of the quorum", sql: `SELECT count(*) > 0 FROM (SELECT sequence FROM attestation WHERE received_at > clock_timestamp() - interval '2 seconds' GROUP BY source_chain, destination_chain, sequence HAVING count(*) < 4) short` },
  R2: { role: "relay", what: "quorum there, no certificate yet", sql: "SELECT count(*) > 0 FROM (SELECT source_chain, destination_chain, sequence FROM attestation WHERE received_at > clock_timestamp() - interval '2 seconds' GROUP BY 1, 2, 3 HAVING count(*) >= 4) q WHERE NOT EXISTS (SELECT FROM certificate c WHERE c.source_chain = q.source_chain AND c.destination_chain = q.destination_chain AND c.sequence = q.sequence)" },
  R3: { role: "relay", what: "certificate stored, bell not rung", sql: `SELECT max(certified_at) > clock_timestamp() - ${RECENT} FROM certificate` },
  R4: { role: "relay", what: "an offer judged", sql: `SELECT max(judged_at) > clock_timestamp() - ${RECENT} FROM attestation_intake` },
  E1: { role: "execute", what: "certified, nothing reserved", sql: `SELECT max(certified_at) > clock_timestamp() - ${RECENT} FROM certificate` },
  E2: { role: "execute", what: "nonce reserved", sql: "SELECT count(*) > 0 FROM submission WHERE status IN ('Intent', 'Reserved')" },
  E3: { role: "execute", what: "signed and stored", sql: "SELECT count(*) > 0 FROM submission WHERE status = 'Signed'" },
  E4: { role: "execute", what: "broadcast", sql: "SELECT count(*) > 0 FROM submission WHERE status = 'Broadcast'" },
  E5: { role: "execute", what: "mined", sql: "SELECT count(*) > 0 FROM submission WHERE status = 'Mined'" },
  E6: { role: "execute", what: "final", sql: `SELECT max(updated_at) > clock_timestamp() - ${RECENT} FROM submission WHERE status = 'Final'` },
  E7: { role: "execute", what: "replaced at the same nonce", sql: `SELECT count(*) > 0 FROM submission s JOIN submission_attempt a ON a.submission_id = s.id WHERE ${OPEN} GROUP BY s.id HAVING count(*) > 1` },
  A1: { role: "api", what: "an offer taken", sql: `SELECT max(offered_at) > clock_timestamp() - ${RECENT} FROM attestation_intake WHERE via <> 'bus'` },
  A2: { role: "api", what: "answering", sql: null },
};
