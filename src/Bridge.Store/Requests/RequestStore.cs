using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What operators ask of running nodes. The rows stay, with who asked, why, and what came of it.</summary>
public sealed class RequestStore(NpgsqlDataSource source)
{
    /// <summary>Nobody acts on what was asked longer ago: whoever asked has gone on to something else.</summary>
    private const string Open = "r.settled_at IS NULL AND r.asked_at > clock_timestamp() - interval '10 minutes'";

    private const string Columns = "r.id, r.kind, COALESCE(r.submission_id, r.errand_id), r.message_id";

    /// <summary>Asks, in the place of what was asked for the same one and not taken up.</summary>
    public Task<long> AskAsync(RequestKind kind, RequestSubject subject, string by, string why, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync(
            """
            UPDATE operator_request SET settled_at = clock_timestamp(), outcome = 'Withdrawn', detail = 'asked anew'
            WHERE settled_at IS NULL AND (submission_id = $1::uuid OR errand_id = $2::uuid OR message_id = $3::bytea)
            """, ct, subject.Submission, subject.Errand, subject.Message);
        return (await connection.QueryAsync(
            "INSERT INTO operator_request (kind, submission_id, errand_id, message_id, asked_by, asked_why) VALUES ($1, $2::uuid, $3::uuid, $4::bytea, $5, $6) RETURNING id",
            row => row.GetInt64(0), ct, kind, subject.Submission, subject.Errand, subject.Message, by, why)).Single();
    }, ct);

    /// <summary>What is asked about an executor's transactions.</summary>
    public async Task<IReadOnlyList<OperatorRequest>> OfExecutorAsync(ChainId chain, Address account, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {Columns} FROM operator_request r JOIN submission s ON s.id = r.submission_id WHERE {Open} AND s.destination_chain = $1 AND s.account = $2 ORDER BY r.id", Read, ct, chain, account);

    /// <summary>What is asked about a submitter's transactions.</summary>
    public async Task<IReadOnlyList<OperatorRequest>> OfSubmitterAsync(ChainId chain, Address account, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {Columns} FROM operator_request r JOIN errand e ON e.id = r.errand_id WHERE {Open} AND e.chain_id = $1 AND e.account = $2 ORDER BY r.id", Read, ct, chain, account);

    public async Task<IReadOnlyList<OperatorRequest>> AttestationsAsync(CancellationToken ct) =>
        await source.QueryAsync($"SELECT {Columns} FROM operator_request r WHERE {Open} AND r.kind = 'Attest' ORDER BY r.id", Read, ct);

    /// <summary>False if it was withdrawn. Taken up again after a crash, it is done again: at the same nonce, or with the same signature.</summary>
    public async Task<bool> TakeAsync(long id, CancellationToken ct) => await source.ExecuteAsync(
        "UPDATE operator_request SET taken_at = COALESCE(taken_at, clock_timestamp()) WHERE id = $1 AND settled_at IS NULL", ct, id) > 0;

    public Task SettleAsync(long id, RequestOutcome outcome, string detail, CancellationToken ct) => source.ExecuteAsync(
        "UPDATE operator_request SET settled_at = clock_timestamp(), outcome = $2, detail = $3 WHERE id = $1 AND settled_at IS NULL", ct, id, outcome, detail);

    /// <summary>False if a node has taken it up already.</summary>
    public async Task<bool> WithdrawAsync(long id, string why, CancellationToken ct) => await source.ExecuteAsync(
        "UPDATE operator_request SET settled_at = clock_timestamp(), outcome = 'Withdrawn', detail = $2 WHERE id = $1 AND settled_at IS NULL AND taken_at IS NULL", ct, id, why) > 0;

    /// <summary>Null while it is open.</summary>
    public async Task<SettledRequest?> OutcomeAsync(long id, CancellationToken ct) => (await source.QueryAsync(
        "SELECT outcome, detail FROM operator_request WHERE id = $1 AND settled_at IS NOT NULL",
        row => new SettledRequest(Enum.Parse<RequestOutcome>(row.GetString(0)), row.GetString(1)), ct, id)).SingleOrDefault();

    private static OperatorRequest Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), Enum.Parse<RequestKind>(row.GetString(1)), row.IsDBNull(2) ? null : row.GetGuid(2), row.BytesOrNull(3) is { } id ? new Hash32(id) : null);
}
