using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What the API asks a sponsor. It writes rows and notifies; it cannot sign.</summary>
public sealed class SponsorshipIntake(NpgsqlDataSource source)
{
    public const string AskedChannel = "sponsorship_asked";

    private const int MostOpen = 200;

    /// <summary>Null where no sponsor has answered for a while.</summary>
    public async Task<Paymaster?> PaymasterAsync(ChainId chain, CancellationToken ct) => (await source.QueryAsync(
        "SELECT contract, entry_point FROM paymaster WHERE chain_id = $1 AND served_at > now() - interval '1 minute'",
        row => new Paymaster(chain, row.Account(0), row.Account(1)), ct, chain)).SingleOrDefault();

    /// <summary>Null if too many wait already; nothing was stored then.</summary>
    public async Task<Guid?> AskAsync(ChainId chain, bool isStub, SponsoredOperation operation, string principal, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var asked = await source.ExecuteAsync(
            $"""
            INSERT INTO sponsorship (id, chain_id, is_stub, sender, nonce, init_code, call_data, verification_gas, call_gas, pre_verification_gas, priority_fee, max_fee,
                paymaster_verification_gas, paymaster_post_gas, principal)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
            WHERE (SELECT count(*) FROM sponsorship WHERE status = 'Asked') < {MostOpen}
            """, ct, id, chain, isStub, operation.Sender, operation.Nonce, operation.InitCode, operation.CallData, operation.VerificationGas, operation.CallGas,
            operation.PreVerificationGas, operation.PriorityFee, operation.MaxFee, operation.PaymasterVerificationGas, operation.PaymasterPostOperationGas, principal);
        await source.ExecuteAsync($"NOTIFY {AskedChannel}", ct);
        return asked > 0 ? id : null;
    }

    public async Task<Sponsorship?> FindAsync(Guid id, CancellationToken ct) =>
        (await source.QueryAsync($"SELECT {SponsorshipRead.Columns} FROM sponsorship WHERE id = $1", SponsorshipRead.Row, ct, id)).SingleOrDefault();
}
