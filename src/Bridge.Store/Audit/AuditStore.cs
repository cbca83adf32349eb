using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>A verdict for which a chain is to be paused.</summary>
/// <param name="Detail">The whole verdict in words.</param>
public sealed record PauseReason(long VerdictId, string Detail);

/// <summary>What the auditor found and did. A row a change of verdict, and none is ever changed.</summary>
public sealed class AuditStore(NpgsqlDataSource source)
{
    /// <param name="verdicts">Law, state and the whole verdict in words.</param>
    public Task SaveAsync(IReadOnlyList<(string Law, string State, string Detail)> verdicts, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        foreach (var (law, state, detail) in verdicts)
            await connection.ExecuteAsync(
                """
                INSERT INTO audit_verdict (law, state, detail) SELECT $1, $2, $3
                WHERE $2 IS DISTINCT FROM (SELECT state FROM audit_verdict WHERE law = $1 ORDER BY id DESC LIMIT 1)
                """, ct, law, state, detail);
        return verdicts.Count;
    }, ct);

    /// <summary>
    /// Why a chain should be paused: the first verdict that found one of the laws violated since it last held, if the chain was not paused for it
    /// yet. Once for each violation, so that a person who unpauses is not overruled by the same one.
    /// </summary>
    public async Task<PauseReason?> PauseReasonAsync(IReadOnlyList<string> laws, ChainId chain, CancellationToken ct) => (await source.QueryAsync(
        """
        SELECT v.id, v.detail FROM (
            SELECT min(id) AS id FROM audit_verdict v WHERE law = ANY ($1) AND state = 'Violated'
                AND id > COALESCE((SELECT max(o.id) FROM audit_verdict o WHERE o.law = v.law AND o.state = 'Ok'), 0) GROUP BY law) first
        JOIN audit_verdict v USING (id)
        WHERE NOT EXISTS (SELECT FROM audit_pause p WHERE p.chain_id = $2 AND p.verdict_id >= v.id) ORDER BY v.id DESC LIMIT 1
        """, row => new PauseReason(row.GetInt64(0), row.GetString(1)), ct, laws.ToArray(), chain)).SingleOrDefault();

    /// <param name="transaction">Null where the pause was in force already.</param>
    public Task SavePauseAsync(ChainId chain, PauseReason reason, Hash32? transaction, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO audit_pause (chain_id, verdict_id, transaction_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, chain, reason.VerdictId, transaction);
}
