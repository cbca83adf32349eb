using Bridge.Audit;
using Bridge.Evm;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Audit;

/// <summary>Writes down what an audit saw of every asset, for the API, which has no endpoint; with storage proofs from time to time.</summary>
public sealed class ReserveRecorder(BridgeOptions options, HttpClient http, ReserveStore store, TimeProvider time, ILogger<ReserveRecorder> log)
{
    private readonly Reserves _reserves = new(Auditors.Chains(options), http);

    /// <returns>Assets whose gap is not 0, in words.</returns>
    public async Task<IReadOnlyList<string>> RecordAsync(Sight sight, CancellationToken ct)
    {
        // A source that is seen too early would make a gap that is none.
        if (sight.Behind.Count > 0) return [];
        var now = time.GetUtcNow();
        var due = await store.LastProvenAsync(ct) is not { } last || now - last >= TimeSpan.FromSeconds(options.Audit.ReservesSeconds);
        var file = due ? await ProveAsync(sight, now, ct) : Reserves.State(sight, now);
        var assets = Reconciliation.Of(sight);
        await store.SaveAsync(now, file.ToJson(), file.Proofs.Count > 0, [.. assets.Select(asset => new ReserveFigures(asset.Asset, asset.Escrow, asset.Supply, asset.Gap))], ct);
        return [.. assets.Where(asset => asset.Gap != 0).Select(asset => $"asset {asset.Asset}: gap {asset.Gap}")];
    }

    private async Task<ReserveFile> ProveAsync(Sight sight, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await _reserves.ProveAsync(sight, now, ct);
        }
        catch (FalseProofException e)
        {
            log.LogCritical("no proof of reserves: {Reason}", e.Message);
            return Reserves.State(sight, now);
        }
    }
}
