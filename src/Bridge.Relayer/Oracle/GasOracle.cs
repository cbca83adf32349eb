using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Oracle;

/// <summary>Writes down, every few seconds, what gas costs, and what the operator says of prices. A chain that does not answer holds up no other.</summary>
public sealed class GasOracle(
    ChainSet chains, TokenReading tokens, OracleStore store, LiveOptions options,
    DirectoryStore directory, TimeProvider time, ILogger<GasOracle> log)
    : Worker("oracle", directory, log)
{
    private static readonly TimeSpan LookAtTokensEvery = TimeSpan.FromMinutes(10);

    private (long At, int Assets)? _looked;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await Each.DoAsync(chains.All, async link => await store.SaveChainAsync(await ChainReading.ReadAsync(link, ct), ct), ct);
        var assets = await Directory.AssetsAsync(ct);
        if (_looked is not { } last || last.Assets != assets.Count || time.GetElapsedTime(last.At) > LookAtTokensEvery)
        {
            await tokens.SaveSigningAsync(assets, ct);
            _looked = (time.GetTimestamp(), assets.Count);
        }
        foreach (var link in chains.All)
            await store.SavePricesAsync(link.Id, Prices(link, assets.Select(row => row.Asset).Distinct()), ct);
        return null;
    }

    private Dictionary<AssetId, UInt128> Prices(ChainLink link, IEnumerable<AssetId> assets) =>
        (from asset in assets let price = options.Now.Oracle.Price(asset.Value, link.Name) where price is not null select (asset, price.Value)).ToDictionary();

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(options.Now.Oracle.IntervalSeconds), ct);
}
