using Npgsql;

namespace Bridge.Store;

/// <summary>What the auditor found. A row a change of verdict, and none is ever changed.</summary>
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
}
