using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Finds out when somebody else uses the executor's key: every used nonce must be one that the journal signed with.</summary>
public sealed class AccountGuard(ExecutorKey key, AccountStore accounts, ILogger<AccountGuard> log)
{
    public async Task<AccountView> LookAsync(ChainLink chain, Lease lease, CancellationToken ct)
    {
        var final = await chain.FinalAsync(ct);
        var finalNonce = await chain.Client.NonceAtAsync(key.Address, final.Height, ct);
        var nonce = await chain.Client.NonceAsync(key.Address, pending: false, ct);
        var pending = await chain.Client.NonceAsync(key.Address, pending: true, ct);
        if (await accounts.UnexplainedAsync(chain.Id, key.Address, nonce, finalNonce, pending, ct) is { } foreign) await SuspectAsync(chain.Id, foreign, ct);
        return new AccountView(chain, key.Address, lease, final.Height, nonce, finalNonce, await accounts.CurrentAsync(chain.Id, key.Address, ct));
    }

    /// <summary>Leaves the account alone from now on. Other accounts deliver what this one had underway; the contract takes each once.</summary>
    public async Task SuspectAsync(ChainId chain, ulong nonce, CancellationToken ct)
    {
        var reason = $"nonce {nonce} of {key.Address} on chain {chain} was used by a transaction that is not in the journal: somebody else has the key, another database uses it, or the journal lost rows. "
            + $"Look the transaction up, then give the executor a fresh key, or run 'bridge accounts release --chain {chain} --account {key.Address}'";
        if (await accounts.QuarantineAsync(chain, key.Address, reason, ct)) log.LogCritical("{Reason}", reason);
    }
}
