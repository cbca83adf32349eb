using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Submit;

/// <summary>Signs, writes the journal, and only then sends.</summary>
public sealed class ErrandSender(SubmitterKey key, ErrandStore journal, ILogger<ErrandSender> log)
{
    private const ulong PlainGas = 21_000;

    public async Task SendAsync(ChainLink chain, Lease lease, Errand errand, PlannedCall call, Offer offer, CancellationToken ct)
    {
        var nonce = await chain.Client.NonceAsync(key.Address, pending: true, ct);
        var attempt = await journal.SignAsync(lease, errand.Id, key.Address, nonce, offer.GasLimit, given => SignAsync(chain, errand.Id, given, offer.Fees, offer.GasLimit, call, ct), ct);
        log.LogInformation("chain {Chain}: {Kind} {Errand} goes out as {Transaction}", chain.Id, errand.Kind, errand.Id, attempt.TransactionHash);
        await BroadcastAsync(chain, lease, errand with { Status = ErrandStatus.Signed }, attempt, ct);
    }

    /// <param name="call">Null: the nonce is spent on a payment of nothing to the account itself.</param>
    public async Task ReplaceAsync(ChainLink chain, Lease lease, Errand errand, GasFees fees, PlannedCall? call, CancellationToken ct)
    {
        var attempt = await SignAsync(chain, errand.Id, errand.Nonce!.Value, fees, call is null ? await CancelGasAsync(chain, ct) : errand.GasLimit!.Value, call, ct);
        await journal.ReplaceAsync(lease, attempt, ct);
        log.LogWarning("chain {Chain}: errand {Errand} is not mined; {What} at nonce {Nonce}", chain.Id, errand.Id, call is null ? "cancelling it" : "replacing it", errand.Nonce);
        await BroadcastAsync(chain, lease, errand with { Status = ErrandStatus.Signed }, attempt, ct);
    }

    /// <summary>Sends what is in the journal. A refusal is written beside it: what becomes of it is decided by the next look.</summary>
    public async Task BroadcastAsync(ChainLink chain, Lease lease, Errand errand, ErrandAttempt attempt, CancellationToken ct)
    {
        try
        {
            await chain.Client.BroadcastAsync(attempt.RawTransaction, ct);
            if (errand.Status is ErrandStatus.Signed) await journal.MarkAsync(lease, errand.Id, ErrandStatus.Broadcast, null, ct);
        }
        catch (RpcException e) when (e.Kind.IsAnswer())
        {
            if (await journal.NoteAsync(errand.Id, e.Message, ct)) log.LogWarning("chain {Chain}, nonce {Nonce}: {Error}", chain.Id, errand.Nonce, e.Message);
        }
    }

    private async Task<ErrandAttempt> SignAsync(ChainLink chain, Guid errand, ulong nonce, GasFees fees, ulong gas, PlannedCall? call, CancellationToken ct)
    {
        var transaction = new Eip1559Transaction(chain.Id, nonce, fees, gas, call?.To ?? key.Address, 0, call?.Data ?? []);
        var (raw, hash) = await transaction.SignAsync(key.Signer, ct);
        return new ErrandAttempt(errand, hash, raw, fees, call is null);
    }

    private async Task<ulong> CancelGasAsync(ChainLink chain, CancellationToken ct)
    {
        var estimate = await chain.Client.EstimateGasAsync(key.Address, key.Address, [], ct);
        return estimate <= PlainGas ? PlainGas : estimate + (estimate / 5);
    }
}
