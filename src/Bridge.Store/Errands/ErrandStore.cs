using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The submitter's journal.</summary>
public sealed class ErrandStore(NpgsqlDataSource source)
{
    /// <summary>What waits to be signed, oldest first.</summary>
    public async Task<IReadOnlyList<Errand>> WaitingAsync(ChainId chain, int limit, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {ErrandRead.Columns} FROM errand WHERE chain_id = $1 AND status = 'Accepted' ORDER BY created_at LIMIT $2", ErrandRead.Row, ct, chain, limit);

    /// <summary>Asks for a route's least fees to be set; once at a time.</summary>
    public Task AskFeesAsync(Lane lane, AssetId asset, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO errand (id, kind, chain_id, destination_chain, asset_id, principal) VALUES ($1, 'Fees', $2, $3, $4, 'fee oracle') ON CONFLICT DO NOTHING",
        ct, Guid.CreateVersion7(), lane.Source, lane.Destination, asset);

    /// <summary>Whether an errand to set a route's least fees was signed within the interval, or is underway.</summary>
    /// <param name="except">Which does not count.</param>
    public async Task<bool> FeesSetAsync(Lane lane, AssetId asset, Guid? except, TimeSpan interval, CancellationToken ct) => (await source.QueryAsync(
        $"""
        SELECT EXISTS (SELECT FROM errand WHERE kind = 'Fees' AND chain_id = $1 AND destination_chain = $2 AND asset_id = $3 AND id IS DISTINCT FROM $4
            AND nonce IS NOT NULL AND ({ErrandRead.Open} OR created_at > now() - $5))
        """, row => row.GetBoolean(0), ct, lane.Source, lane.Destination, asset, except, interval))[0];

    /// <summary>What an account has signed and is not final, in order of the nonces.</summary>
    public async Task<IReadOnlyList<Errand>> UnderwayAsync(ChainId chain, Address account, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {ErrandRead.Columns} FROM errand WHERE chain_id = $1 AND account = $2 AND {ErrandRead.Open} ORDER BY nonce", ErrandRead.Row, ct, chain, account);

    /// <summary>By its id, or by one of its transactions.</summary>
    public async Task<Errand?> FindAsync(Guid? id, Hash32? transaction, CancellationToken ct) => (await source.QueryAsync(
        $"SELECT {ErrandRead.Columns} FROM errand WHERE id = $1::uuid OR id = (SELECT errand_id FROM errand_attempt WHERE transaction_hash = $2::bytea)", ErrandRead.Row, ct, id, transaction)).SingleOrDefault();

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ErrandAttempt>> AttemptsAsync(Guid id, CancellationToken ct) => await source.QueryAsync(
        "SELECT transaction_hash, raw_transaction, max_fee, priority_fee, is_cancel FROM errand_attempt WHERE errand_id = $1 ORDER BY signed_at",
        row => new ErrandAttempt(id, row.Hash(0), row.GetFieldValue<byte[]>(1), new GasFees(row.Amount(2), row.Amount(3)), row.GetBoolean(4)), ct, id);

    /// <summary>
    /// Takes the account's next nonce, has the transaction signed with it, and keeps both, in one commit: no nonce is set aside for what is not
    /// signed, and nothing is signed that is not kept.
    /// </summary>
    /// <param name="chainNonce">The account's transaction count, with what the endpoints know to be pending.</param>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    /// <exception cref="InvalidOperationException">It is not waiting any more.</exception>
    public Task<ErrandAttempt> SignAsync(Lease lease, Guid id, Address account, ulong chainNonce, ulong gasLimit, Func<ulong, Task<ErrandAttempt>> sign, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        var nonce = (await connection.QueryAsync(
            "SELECT GREATEST($3, COALESCE((SELECT max(o.nonce) + 1 FROM errand o WHERE o.chain_id = e.chain_id AND o.account = $2), 0)) FROM errand e WHERE e.id = $1 AND e.status = 'Accepted' FOR UPDATE",
            row => (ulong?)row.Number(0), ct, id, account, chainNonce)).SingleOrDefault() ?? throw new InvalidOperationException($"errand {id} does not wait any more: read it again");
        var attempt = await sign(nonce);
        await connection.ExecuteAsync(
            "UPDATE errand SET status = 'Signed', detail = NULL, account = $2, nonce = $3, gas_limit = $4, updated_at = now() WHERE id = $1", ct, id, account, nonce, gasLimit);
        await InsertAsync(connection, attempt, ct);
        return attempt;
    }, ct);

    /// <summary>Another transaction at the errand's nonce.</summary>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task ReplaceAsync(Lease lease, ErrandAttempt attempt, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        var open = await connection.ExecuteAsync("UPDATE errand SET status = 'Signed', updated_at = now() WHERE id = $1 AND status IN ('Signed', 'Broadcast')", ct, attempt.ErrandId);
        return open > 0 ? await InsertAsync(connection, attempt, ct) : throw new InvalidOperationException($"errand {attempt.ErrandId} is not underway any more: read it again");
    }, ct);

    /// <param name="messageId">What an intent became, once that is known.</param>
    /// <exception cref="StaleLeaseException">Another process may use this account now.</exception>
    public Task MarkAsync(Lease lease, Guid id, ErrandStatus status, string? detail, CancellationToken ct, Hash32? messageId = null) => source.InTransactionAsync(async connection =>
    {
        await LeaseStore.RequireAsync(connection, lease, ct);
        return await connection.ExecuteAsync(
            $"UPDATE errand SET status = $2, detail = $3, message_id = COALESCE($4, message_id), updated_at = now() WHERE id = $1 AND {ErrandRead.Open}", ct, id, status, detail, messageId);
    }, ct);

    /// <summary>Says what an open errand waits for; writes only a change, and is none to its age. True if it was one.</summary>
    public async Task<bool> NoteAsync(Guid id, string detail, CancellationToken ct) =>
        await source.ExecuteAsync($"UPDATE errand SET detail = $2 WHERE id = $1 AND {ErrandRead.Open} AND detail IS DISTINCT FROM $2", ct, id, detail) > 0;

    private static Task<int> InsertAsync(NpgsqlConnection connection, ErrandAttempt attempt, CancellationToken ct) => connection.ExecuteAsync(
        "INSERT INTO errand_attempt (transaction_hash, errand_id, raw_transaction, max_fee, priority_fee, is_cancel) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        ct, attempt.TransactionHash, attempt.ErrandId, attempt.RawTransaction, attempt.Fees.MaxFee, attempt.Fees.PriorityFee, attempt.IsCancel);
}
