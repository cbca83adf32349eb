using Bridge.Audit;
using Bridge.Evm;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Audit;

/// <summary>Writes down what an audit saw of every asset, for the API, which has no endpoint; with storage proofs from time to time.</summary>
public sealed class ReserveRecorder(ReserveStore store, TimeProvider time, ILogger<ReserveRecorder> log)
{
    /// <param name="every">How old proofs may become.</param>
    /// <returns>Assets whose gap is not 0, in words.</returns>
    public async Task<IReadOnlyList<string>> RecordAsync(Reserves reserves, Sight sight, TimeSpan every, CancellationToken ct)
    {
        // A source that is seen too early would make a gap that is none.
        if (sight.Behind.Count > 0) return [];
        var now = time.GetUtcNow();
        var due = await store.LastProvenAsync(ct) is not { } last || now - last >= every;
        var file = due ? await ProveAsync(reserves, sight, now, ct) : Reserves.State(sight, now);
        var assets = Reconciliation.Of(sight);
        await store.SaveAsync(now, file.ToJson(), file.Proofs.Count > 0, [.. assets.Select(asset => new ReserveFigures(asset.Asset, asset.Escrow, asset.Supply, asset.Gap))], ct);
        return [.. assets.Where(asset => asset.Gap != 0).Select(asset => $"asset {asset.Asset}: gap {asset.Gap}")];
    }

    private async Task<ReserveFile> ProveAsync(Reserves reserves, Sight sight, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await reserves.ProveAsync(sight, now, ct);
        }
        catch (FalseProofException e)
        {
            log.LogCritical("no proof of reserves: {Reason}", e.Message);
            return Reserves.State(sight, now);
        }
    }
}
