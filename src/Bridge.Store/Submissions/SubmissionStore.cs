using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The executor's journal.</summary>
public sealed class SubmissionStore(NpgsqlDataSource source)
{
    private const string Open = "status NOT IN ('Final', 'Dropped', 'Failed')";
    private const string Columns =
        "id, source_chain, destination_chain, first_sequence, last_sequence, account, nonce, gas_limit, status, detail, created_at, updated_at";

    /// <summary>One open submission for each start in a lane and account: the one that exists is returned.</summary>
    public Task<Submission> IntendAsync(Lane lane, Sequence first, Sequence last, Address account, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync(
            "INSERT INTO submission (id, source_chain, destination_chain, first_sequence, last_sequence, account, status) VALUES ($1, $2, $3, $4, $5, $6, 'Intent') ON CONFLICT DO NOTHING",
            ct, Guid.CreateVersion7(), lane.Source, lane.Destination, first, last, account);
        return (await connection.QueryAsync(
            $"SELECT {Columns} FROM submission WHERE source_chain = $1 AND destination_chain = $2 AND first_sequence = $3 AND account = $4 AND {Open}",
            Read, ct, lane.Source, lane.Destination, first, account)).Single();
    }, ct);

    /// <summary>
    /// The lowest nonce from the chain's on that no other submission of the account has, so that a gap left by a dropped one is filled. A
    /// submission keeps the one it has.
    /// </summary>
    /// <param name="chainNonce">The account's transaction count, with what the endpoints know to be pending.</param>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task<Submission> ReserveNonceAsync(Guid id, Lease lease, ulong chainNonce, ulong gasLimit, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        return (await connection.QueryAsync(
            $"""
            UPDATE submission s SET gas_limit = $3, updated_at = now(), nonce = COALESCE(s.nonce, (
                SELECT min(free.nonce) FROM (
                    SELECT $2::bigint AS nonce UNION
                    SELECT o.nonce + 1 FROM submission o WHERE o.destination_chain = s.destination_chain AND o.account = s.account AND o.nonce >= $2
                ) free WHERE NOT EXISTS (
                    SELECT FROM submission o WHERE o.destination_chain = s.destination_chain AND o.account = s.account AND o.nonce = free.nonce
                        AND o.status NOT IN ('Dropped', 'Failed'))))
            WHERE s.id = $1 AND {Open} RETURNING {Columns}
            """, Read, ct, id, chainNonce, gasLimit)).SingleOrDefault() ?? throw Closed(id);
    }, ct);

    /// <summary>Journal before broadcast: the raw transaction is durable when this returns.</summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task SaveSignedAsync(Lease lease, Attempt attempt, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        if (await connection.ExecuteAsync($"UPDATE submission SET status = 'Signed', updated_at = now() WHERE id = $1 AND {Open}", ct, attempt.SubmissionId) == 0)
            throw Closed(attempt.SubmissionId);
        return await connection.ExecuteAsync(
            "INSERT INTO submission_attempt (transaction_hash, submission_id, raw_transaction, max_fee, priority_fee, signed_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            ct, attempt.TransactionHash, attempt.SubmissionId, attempt.RawTransaction, attempt.Fees.MaxFee, attempt.Fees.PriorityFee, attempt.At);
    }, ct);

    /// <summary>Also tells the messages: broadcast, or dropped.</summary>
    /// <exception cref="InvalidOperationException">The submission ended already, in another status.</exception>
    public Task MarkAsync(Guid id, SubmissionStatus status, string? detail, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var submission = (await connection.QueryAsync(
            $"UPDATE submission SET status = $2, detail = COALESCE($3, detail), updated_at = now() WHERE id = $1 AND ({Open} OR status = $2) RETURNING {Columns}",
            Read, ct, id, status, detail)).SingleOrDefault() ?? throw Closed(id);
        TransferEvent? happened = status switch
        {
            SubmissionStatus.Broadcast => TransferEvent.DeliverySubmitted,
            SubmissionStatus.Dropped or SubmissionStatus.Failed => TransferEvent.DeliveryDropped,
            _ => null,
        };
        if (happened is { } known)
            await StatusChange.ApplyAsync(connection, submission.Lane, submission.First, submission.Last, known, detail, ct, except: TransferStatus.Executed);
        return submission;
    }, ct);

    /// <summary>In order of their nonces.</summary>
    public async Task<IReadOnlyList<Submission>> OpenAsync(ChainId chain, Address account, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {Columns} FROM submission WHERE destination_chain = $1 AND account = $2 AND {Open} ORDER BY nonce NULLS LAST, created_at", Read, ct, chain, account);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken ct) => await source.QueryAsync(
        "SELECT transaction_hash, raw_transaction, max_fee, priority_fee, signed_at FROM submission_attempt WHERE submission_id = $1 ORDER BY signed_at",
        row => new Attempt(id, row.Hash(0), row.GetFieldValue<byte[]>(1), new GasFees(row.Amount(2), row.Amount(3)), row.Time(4)), ct, id);

    private static InvalidOperationException Closed(Guid id) => new($"submission {id} is not open any more: read it again");

    private static Submission Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.Lane(1, 2), row.Sequence(3), row.Sequence(4), row.Account(5), row.NumberOrNull(6), row.NumberOrNull(7),
        Enum.Parse<SubmissionStatus>(row.GetString(8)), row.TextOrNull(9), row.Time(10), row.Time(11));
}
