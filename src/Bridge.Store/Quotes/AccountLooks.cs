using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bridge.Store;

public readonly record struct AccountQuestion(ChainId Chain, Address Account, AssetId Asset);

/// <summary>What a relayer found at an account. Amounts above 2^128 - 1 are shown as that.</summary>
/// <param name="Code">"none", "contract", or "delegated" for an account with a key whose code is another's (EIP-7702).</param>
/// <param name="ToBridge">Allowance of the token for the Bridge; the others likewise.</param>
public sealed record AccountAnswer(string Code, UInt128 Coin, UInt128? Balance, UInt128? ToBridge, UInt128? ToIntents, UInt128? ToPermit2, UInt128? PermitNonce);

/// <summary>Questions about accounts: the API asks, whoever has endpoints answers.</summary>
public sealed class AccountLooks(NpgsqlDataSource source, IDbContextFactory<BridgeDb> contexts)
{
    public const string AskedChannel = "account_asked";

    /// <summary>Open questions at most: strangers ask, so there is an end to what they can fill.</summary>
    private const int MostOpen = 1000;

    /// <summary>An answer of the last few seconds is not asked for again. Above the limit nothing is asked, and nothing will be answered.</summary>
    public async Task AskAsync(IEnumerable<AccountQuestion> questions, CancellationToken ct)
    {
        foreach (var question in questions)
            await source.ExecuteAsync(
                $"""
                INSERT INTO account_look AS a (chain_id, account, asset_id) SELECT $1, $2, $3
                WHERE (SELECT count(*) FROM (SELECT FROM account_look WHERE answered_at IS NULL LIMIT {MostOpen}) open) < {MostOpen}
                ON CONFLICT (chain_id, account, asset_id) DO UPDATE SET asked_at = clock_timestamp(), answered_at = NULL, code = NULL
                    WHERE a.answered_at < clock_timestamp() - interval '3 seconds'
                """, ct, question.Chain, question.Account, question.Asset);
        await source.ExecuteAsync($"NOTIFY {AskedChannel}", ct);
    }

    /// <summary>Null while it is not answered.</summary>
    public async Task<AccountAnswer?> AnswerAsync(AccountQuestion question, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Set<AccountLookRow>().FirstOrDefaultAsync(
            look => look.ChainId == question.Chain && look.Account == question.Account && look.AssetId == question.Asset && look.Code != null, ct);
        return row is null ? null : new AccountAnswer(row.Code!, row.Coin ?? 0, row.Balance, row.ToBridge, row.ToIntents, row.ToPermit2, row.PermitNonce);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<AccountQuestion>> OpenAsync(int limit, CancellationToken ct) => await source.QueryAsync(
        "SELECT chain_id, account, asset_id FROM account_look WHERE answered_at IS NULL ORDER BY asked_at LIMIT $1",
        row => new AccountQuestion(new ChainId(row.Number(0)), row.Account(1), new AssetId((uint)row.GetInt64(2))), ct, limit);

    public Task SaveAsync(AccountQuestion question, AccountAnswer answer, CancellationToken ct) => source.ExecuteAsync(
        """
        UPDATE account_look SET answered_at = clock_timestamp(), code = $4, coin = $5, balance = $6, to_bridge = $7, to_intents = $8, to_permit2 = $9, permit_nonce = $10
        WHERE chain_id = $1 AND account = $2 AND asset_id = $3
        """, ct, question.Chain, question.Account, question.Asset, answer.Code, answer.Coin, answer.Balance, answer.ToBridge, answer.ToIntents, answer.ToPermit2, answer.PermitNonce);

    /// <summary>What was asked ten minutes ago or more goes, answered or not.</summary>
    public Task PurgeAsync(CancellationToken ct) => source.ExecuteAsync("DELETE FROM account_look WHERE asked_at < now() - interval '10 minutes'", ct);
}
