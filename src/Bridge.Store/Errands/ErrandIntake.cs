using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>Too much of somebody's waits already. Nothing was stored.</summary>
public sealed class TooManyErrandsException(string message) : Exception(message);

/// <summary>What the API hands to submitters. It writes rows and notifies; it cannot sign.</summary>
public sealed class ErrandIntake(NpgsqlDataSource source)
{
    public const string AcceptedChannel = "errand_accepted";
    public const string NudgedChannel = "transfer_nudged";

    private const int MostOpen = 1000;
    private const int MostOfOwner = 10;

    /// <summary>Handing the same intent in again gives the same errand, unless it was refused or failed.</summary>
    /// <exception cref="TooManyErrandsException">The owner's, or all that wait together.</exception>
    public async Task<Guid> SubmitAsync(SignedIntent signed, byte[] signature, Guid quote, string principal, CancellationToken ct)
    {
        var intent = signed.Intent;
        var digest = intent.Digest(signed.Source, signed.Contract);
        await source.ExecuteAsync(
            $"""
            INSERT INTO errand (id, kind, chain_id, contract, method, owner, destination_chain, asset_id, recipient, amount, fee, relayer_fee, deadline, intent_nonce, digest, signature, quote_id, principal)
            SELECT $1, 'Intent', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
            WHERE (SELECT count(*) FROM errand WHERE {ErrandRead.Open}) < {MostOpen} AND (SELECT count(*) FROM errand WHERE {ErrandRead.Open} AND owner = $5) < {MostOfOwner}
            ON CONFLICT DO NOTHING
            """, ct, Guid.CreateVersion7(), signed.Source, signed.Contract, signed.Method, intent.Owner, intent.Destination, intent.Asset, intent.Recipient, intent.Amount, intent.Fee,
            intent.RelayerFee, intent.Deadline, intent.Nonce, digest, signature, quote, principal);
        await source.ExecuteAsync($"NOTIFY {AcceptedChannel}", ct);
        var ids = await source.QueryAsync("SELECT id FROM errand WHERE kind = 'Intent' AND digest = $1 AND status NOT IN ('Refused', 'Failed')", row => row.GetGuid(0), ct, digest);
        return ids.Count > 0 ? ids[0] : throw new TooManyErrandsException($"{intent.Owner} has {MostOfOwner} intents waiting, or {MostOpen} of all wait.");
    }

    /// <summary>Rings whoever could move anything on.</summary>
    public Task RingAsync(CancellationToken ct) => source.ExecuteAsync($"NOTIFY {NudgedChannel}", ct);

    /// <summary>Rings whoever could move the transfer on, and writes down who asked. False if somebody asked within ten seconds.</summary>
    public async Task<bool> NudgeAsync(Hash32 messageId, string principal, CancellationToken ct)
    {
        var nudged = await source.ExecuteAsync(
            "INSERT INTO nudge (message_id, principal) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM nudge WHERE message_id = $1 AND at > clock_timestamp() - interval '10 seconds')",
            ct, messageId, principal) > 0;
        if (nudged) await source.ExecuteAsync($"NOTIFY {NudgedChannel}", ct);
        return nudged;
    }

    /// <summary>Asks a submitter to retry a deferred message. One at a time for each message.</summary>
    public async Task<Guid> RetryAsync(ChainId destination, Hash32 messageId, string principal, CancellationToken ct)
    {
        await source.ExecuteAsync(
            $"INSERT INTO errand (id, kind, chain_id, message_id, principal) SELECT $1, 'Retry', $2, $3, $4 WHERE (SELECT count(*) FROM errand WHERE {ErrandRead.Open}) < {MostOpen} ON CONFLICT DO NOTHING",
            ct, Guid.CreateVersion7(), destination, messageId, principal);
        await source.ExecuteAsync($"NOTIFY {AcceptedChannel}", ct);
        var ids = await source.QueryAsync($"SELECT id FROM errand WHERE kind = 'Retry' AND message_id = $1 AND {ErrandRead.Open}", row => row.GetGuid(0), ct, messageId);
        return ids.Count > 0 ? ids[0] : throw new TooManyErrandsException($"{MostOpen} errands wait already.");
    }

    /// <summary>With the transaction that was sent last, if one was.</summary>
    public async Task<(Errand Errand, Hash32? Transaction)?> FindAsync(Guid id, CancellationToken ct)
    {
        var found = await source.QueryAsync($"SELECT {ErrandRead.Columns} FROM errand WHERE id = $1", ErrandRead.Row, ct, id);
        if (found.Count == 0) return null;
        var sent = await source.QueryAsync("SELECT transaction_hash FROM errand_attempt WHERE errand_id = $1 AND NOT is_cancel ORDER BY signed_at DESC LIMIT 1", row => row.Hash(0), ct, id);
        return (found[0], sent.Count == 0 ? null : sent[0]);
    }

    public Task RegisterAsync(Hash32 transaction, Guid quote, string route, string principal, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO transfer_registration (transaction_hash, quote_id, route_id, principal) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, transaction, quote, route, principal);
}
