using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>The sponsor's book: what was asked, approved, and spent.</summary>
public sealed class SponsorshipStore(NpgsqlDataSource source)
{
    private const string Day = "interval '24 hours'";

    // One approval after another, whichever process makes it: two that are each within the budget may not be so together.
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('sponsorship budget'))";

    public Task ServeAsync(Paymaster paymaster, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO paymaster (chain_id, contract, entry_point) VALUES ($1, $2, $3) ON CONFLICT (chain_id) DO UPDATE SET contract = $2, entry_point = $3, served_at = now()",
        ct, paymaster.Chain, paymaster.Contract, paymaster.EntryPoint);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Sponsorship>> AskedAsync(ChainId chain, int limit, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {SponsorshipRead.Columns} FROM sponsorship WHERE chain_id = $1 AND status = 'Asked' ORDER BY asked_at LIMIT $2", SponsorshipRead.Row, ct, chain, limit);

    /// <summary>Approvals whose time has passed, and of which nobody has said yet whether they were used.</summary>
    public async Task<IReadOnlyList<Sponsorship>> ExpiredAsync(ChainId chain, ulong before, CancellationToken ct) => await source.QueryAsync(
        $"SELECT {SponsorshipRead.Columns} FROM sponsorship WHERE chain_id = $1 AND status = 'Approved' AND NOT is_stub AND valid_until < $2 ORDER BY valid_until LIMIT 100",
        SponsorshipRead.Row, ct, chain, before);

    public Task RefuseAsync(Guid id, string why, CancellationToken ct) =>
        source.ExecuteAsync("UPDATE sponsorship SET status = 'Refused', detail = $2, decided_at = now() WHERE id = $1 AND status = 'Asked'", ct, id, why);

    /// <summary>
    /// Keeps an approval if the budget holds it. Several of one account's nonce cost as much as the dearest, since one of them can be used.
    /// </summary>
    /// <param name="signature">Null of a stub, which takes nothing from the budget.</param>
    /// <returns>Null, or which budget is used up.</returns>
    public Task<string?> ApproveAsync(Sponsorship asked, UInt128 cost, SponsorBudget budget, ulong validUntil, byte[]? signature, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        await connection.ExecuteAsync(Lock, ct);
        var (ofAccount, ofAll, sameNonce) = await SpentAsync(connection, asked, ct);
        var most = UInt128.Max(cost, sameNonce);
        if (IsAbove(ofAccount, most, budget.OfAccount)) return $"{asked.Operation.Sender} has had {ofAccount} of {budget.OfAccount} wei that an account gets in 24 hours, and this may cost {cost}. Lower its gas limits or fees, pay with the account's own coin, or try again later";
        if (IsAbove(ofAll, most, budget.OfAll)) return $"{ofAll} of {budget.OfAll} wei that all accounts get in 24 hours are spoken for, and this may cost {cost}. Pay with the account's own coin, or try again later";
        await connection.ExecuteAsync(
            "UPDATE sponsorship SET status = 'Approved', max_cost = $2, valid_until = $3, signature = $4, decided_at = now() WHERE id = $1 AND status = 'Asked'", ct, asked.Id, cost, validUntil, signature);
        return (string?)null;
    }, ct);

    /// <param name="used">Whether its operation was included.</param>
    public Task SettleAsync(Guid id, bool used, CancellationToken ct) =>
        source.ExecuteAsync("UPDATE sponsorship SET status = $2 WHERE id = $1 AND status = 'Approved'", ct, id, used ? SponsorshipStatus.Spent : SponsorshipStatus.Released);

    /// <summary>What no budget counts any more, or never did.</summary>
    public Task PurgeAsync(CancellationToken ct) => source.ExecuteAsync(
        $"DELETE FROM sponsorship WHERE asked_at < now() - interval '10 minutes' AND (is_stub OR status IN ('Asked', 'Refused', 'Released') OR (status = 'Spent' AND decided_at < now() - 2 * {Day}))", ct);

    /// <summary>Without a sum, which strangers could make overflow.</summary>
    private static bool IsAbove(UInt128 spent, UInt128 more, UInt128 budget) => spent > budget || more > budget - spent;

    private static async Task<(UInt128 OfAccount, UInt128 OfAll, UInt128 SameNonce)> SpentAsync(NpgsqlConnection connection, Sponsorship asked, CancellationToken ct) => (await connection.QueryAsync(
        $"""
        SELECT COALESCE(sum(cost) FILTER (WHERE sender = $2 AND nonce <> $3), 0), COALESCE(sum(cost) FILTER (WHERE NOT (sender = $2 AND nonce = $3)), 0),
            COALESCE(max(cost) FILTER (WHERE sender = $2 AND nonce = $3), 0)
        FROM (
            SELECT sender, nonce, max(max_cost) AS cost FROM sponsorship
            WHERE chain_id = $1 AND NOT is_stub AND status IN ('Approved', 'Spent') AND decided_at > now() - {Day} GROUP BY sender, nonce) spoken
        """, row => (row.Amount(0), row.Amount(1), row.Amount(2)), ct, asked.Chain, asked.Operation.Sender, asked.Operation.Nonce))[0];
}
