using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Why an executor leaves an account alone until a person acts.</summary>
public sealed record Quarantine(ChainId Chain, Address Account, string Reason, DateTimeOffset At);

/// <summary>Executors' accounts: whether the journal explains their nonces, and which of them stand still.</summary>
public sealed class AccountStore(NpgsqlDataSource source)
{
    private const string OfAccount = "chain_id = $1 AND account = $2";

    /// <summary>
    /// The lowest used nonce that no submission has signed with, from where the journal took the account over; null if all are explained, and then those
    /// below <paramref name="finalNonce"/> are not looked at again.
    /// </summary>
    /// <param name="nonce">The account's transaction count at the latest block.</param>
    /// <param name="finalNonce">The same at the final block.</param>
    /// <param name="pendingNonce">With what is pending: where a new account begins.</param>
    public Task<ulong?> UnexplainedAsync(ChainId chain, Address account, ulong nonce, ulong finalNonce, ulong pendingNonce, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync("INSERT INTO executor_account (chain_id, account, settled_nonce) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, chain, account, pendingNonce);
        var foreign = (await connection.QueryAsync(
            $"""
            SELECT min(used) FROM executor_account a, generate_series(a.settled_nonce, $3 - 1) used WHERE {OfAccount}
                AND NOT EXISTS (SELECT FROM submission s WHERE s.destination_chain = $1 AND s.account = $2 AND s.nonce = used AND s.status NOT IN ('Intent', 'Reserved', 'Dropped'))
            """, row => row.NumberOrNull(0), ct, chain, account, nonce)).Single();
        if (foreign is null) await connection.ExecuteAsync($"UPDATE executor_account SET settled_nonce = $3 WHERE {OfAccount} AND settled_nonce < $3", ct, chain, account, finalNonce);
        return foreign;
    }, ct);

    /// <summary>The first reason is kept. A person who released the account has judged exactly this reason, and is not asked twice. True if it is new.</summary>
    public async Task<bool> QuarantineAsync(ChainId chain, Address account, string reason, CancellationToken ct) => await source.ExecuteAsync(
        $"""
        INSERT INTO account_quarantine (chain_id, account, reason) SELECT $1, $2, $3
        WHERE NOT EXISTS (SELECT FROM account_quarantine WHERE {OfAccount} AND reason = $3) ON CONFLICT DO NOTHING
        """, ct, chain, account, reason) > 0;

    public async Task<Quarantine?> CurrentAsync(ChainId chain, Address account, CancellationToken ct) =>
        (await AllAsync(ct)).SingleOrDefault(quarantine => quarantine.Chain == chain && quarantine.Account == account);

    public async Task<IReadOnlyList<Quarantine>> AllAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT chain_id, account, reason, quarantined_at FROM account_quarantine WHERE released_at IS NULL ORDER BY id",
        row => new Quarantine(new ChainId(row.Number(0)), row.Account(1), row.GetString(2), row.Time(3)), ct);

    /// <summary>Whether an executor's or a submitter's journal of this database has used the account on any chain.</summary>
    public async Task<bool> IsJournaledAsync(Address account, CancellationToken ct) => (await source.QueryAsync(
        "SELECT EXISTS (SELECT FROM executor_account WHERE account = $1) OR EXISTS (SELECT FROM submission WHERE account = $1) OR EXISTS (SELECT FROM errand WHERE account = $1)",
        row => row.GetBoolean(0), ct, account)).Single();

    /// <summary>The nonces used until now are nobody's business any more: the journal takes the account over anew.</summary>
    /// <exception cref="InvalidOperationException">The account is not in quarantine.</exception>
    public Task ReleaseAsync(ChainId chain, Address account, string by, string why, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var released = await connection.ExecuteAsync(
            $"UPDATE account_quarantine SET released_at = now(), released_by = $3, released_why = $4 WHERE {OfAccount} AND released_at IS NULL", ct, chain, account, by, why);
        if (released == 0) throw new InvalidOperationException($"account {account} is not in quarantine on chain {chain}");
        return await connection.ExecuteAsync($"DELETE FROM executor_account WHERE {OfAccount}", ct, chain, account);
    }, ct);
}
