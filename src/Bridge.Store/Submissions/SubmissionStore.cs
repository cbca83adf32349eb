using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The executor's journal.</summary>
public sealed class SubmissionStore(NpgsqlDataSource source)
{
    private const string Open = "status NOT IN ('Final', 'Dropped', 'Failed')";
    private const string Columns =
        "id, source_chain, destination_chain, first_sequence, last_sequence, account, nonce, gas_limit, status, detail, created_at, updated_at, clock_timestamp() - updated_at";

    /// <summary>
    /// One open submission for each start in a lane and account: the one that exists is returned. As long as nothing is signed, its end
    /// follows the newest plan.
    /// </summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task<Submission> IntendAsync(Lease lease, Lane lane, Sequence first, Sequence last, Address account, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        await connection.ExecuteAsync(
            "INSERT INTO submission (id, source_chain, destination_chain, first_sequence, last_sequence, account, status) VALUES ($1, $2, $3, $4, $5, $6, 'Intent') ON CONFLICT DO NOTHING",
            ct, Guid.CreateVersion7(), lane.Source, lane.Destination, first, last, account);
        return (await connection.QueryAsync(
            $"""
            UPDATE submission SET last_sequence = CASE WHEN status IN ('Intent', 'Reserved') THEN $5 ELSE last_sequence END
            WHERE source_chain = $1 AND destination_chain = $2 AND first_sequence = $3 AND account = $4 AND {Open} AND status <> 'Void' RETURNING {Columns}
            """, Read, ct, lane.Source, lane.Destination, first, account, last)).Single();
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
            UPDATE submission s SET gas_limit = $3, status = 'Reserved', detail = NULL, updated_at = now(), nonce = COALESCE(s.nonce, (
                SELECT min(free.nonce) FROM (
                    SELECT $2::bigint AS nonce UNION
                    SELECT o.nonce + 1 FROM submission o WHERE o.destination_chain = s.destination_chain AND o.account = s.account AND o.nonce >= $2
                ) free WHERE NOT EXISTS (
                    SELECT FROM submission o WHERE o.destination_chain = s.destination_chain AND o.account = s.account AND o.nonce = free.nonce
                        AND o.status <> 'Dropped')))
            WHERE s.id = $1 AND status IN ('Intent', 'Reserved') RETURNING {Columns}
            """, Read, ct, id, chainNonce, gasLimit)).SingleOrDefault() ?? throw Closed(id);
    }, ct);

    /// <summary>Journal before broadcast: the raw transaction is durable when this returns.</summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task SaveSignedAsync(Lease lease, Attempt attempt, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        var open = await connection.ExecuteAsync(
            $"UPDATE submission SET status = CASE status WHEN 'Void' THEN 'Void' ELSE 'Signed' END, detail = NULL, updated_at = now() WHERE id = $1 AND {Open}", ct, attempt.SubmissionId);
        if (open == 0) throw Closed(attempt.SubmissionId);
        return await connection.ExecuteAsync(
            """
            INSERT INTO submission_attempt (transaction_hash, submission_id, raw_transaction, max_fee, priority_fee, signed_at, is_cancel)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
            """, ct, attempt.TransactionHash, attempt.SubmissionId, attempt.RawTransaction, attempt.Fees.MaxFee, attempt.Fees.PriorityFee, attempt.At, attempt.IsCancel);
    }, ct);

    /// <summary>Also tells the messages: broadcast, or not underway any more.</summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    /// <exception cref="InvalidOperationException">The submission ended already, in another status.</exception>
    /// <param name="spentWei">What its mined transaction took from the account; null where that is not known.</param>
    public Task MarkAsync(Lease lease, Guid id, SubmissionStatus status, string? detail, CancellationToken ct, UInt128? spentWei = null) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        var (before, submission) = (await connection.QueryAsync(
            $"""
            UPDATE submission s SET status = $2, detail = COALESCE($3, s.detail), spent_wei = COALESCE($4::numeric, s.spent_wei), updated_at = now() FROM (SELECT status AS before FROM submission WHERE id = $1 FOR UPDATE) old
            WHERE id = $1 AND (s.{Open} OR s.status = $2) RETURNING {Columns}, before
            """, row => (Enum.Parse<SubmissionStatus>(row.GetString(13)), Read(row)), ct, id, status, detail, spentWei)) is [var marked] ? marked : throw Closed(id);
        TransferEvent? happened = status switch
        {
            SubmissionStatus.Broadcast => TransferEvent.DeliverySubmitted,
            // What was void has been told already, and a later submission may be underway with the same messages.
            SubmissionStatus.Void or SubmissionStatus.Dropped or SubmissionStatus.Failed when before is not SubmissionStatus.Void => TransferEvent.DeliveryDropped,
            _ => null,
        };
        if (happened is { } known)
            await StatusChange.ApplyAsync(connection, submission.Lane, submission.First, submission.Last, known, detail, ct, except: TransferStatus.Executed);
        return submission;
    }, ct);

    /// <summary>Says what an open submission waits for, or null for nothing; writes only a change, and is none to its age. True if it was one.</summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task<bool> NoteAsync(Lease lease, Guid id, string? detail, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        return await connection.ExecuteAsync($"UPDATE submission SET detail = $2 WHERE id = $1 AND {Open} AND detail IS DISTINCT FROM $2", ct, id, detail) > 0;
    }, ct);

    /// <summary>In order of their nonces.</summary>
    public async Task<IReadOnlyList<Submission>> OpenAsync(ChainId chain, Address account, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {Columns} FROM submission WHERE destination_chain = $1 AND account = $2 AND {Open} ORDER BY nonce NULLS LAST, created_at", Read, ct, chain, account);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken ct) => await source.QueryAsync(
        "SELECT transaction_hash, raw_transaction, max_fee, priority_fee, signed_at, is_cancel FROM submission_attempt WHERE submission_id = $1 ORDER BY signed_at",
        row => new Attempt(id, row.Hash(0), row.GetFieldValue<byte[]>(1), new GasFees(row.Amount(2), row.Amount(3)), row.Time(4), row.GetBoolean(5)), ct, id);

    /// <summary>By its id, or by one of its transactions.</summary>
    public async Task<Submission?> FindAsync(Guid? id, Hash32? transaction, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT {Columns} FROM submission WHERE id = $1::uuid OR id = (SELECT submission_id FROM submission_attempt WHERE transaction_hash = $2::bytea)", Read, ct, id, transaction)).SingleOrDefault();

    private static InvalidOperationException Closed(Guid id) => new($"submission {id} is not open any more: read it again");

    private static Submission Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.Lane(1, 2), row.Sequence(3), row.Sequence(4), row.Account(5), row.NumberOrNull(6), row.NumberOrNull(7),
        Enum.Parse<SubmissionStatus>(row.GetString(8)), row.TextOrNull(9), row.Time(10), row.Time(11), row.GetTimeSpan(12));
}
