using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Oracle;

/// <summary>Writes down, every few seconds, what quotes are made of. A chain that does not answer holds up no other.</summary>
public sealed class GasOracle(
    ChainSet chains, RouteReading routes, TokenReading tokens, OracleStore store, OracleOptions options,
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
        await Each.DoAsync(
            from lane in chains.Lanes from asset in assets.Select(row => row.Asset).Distinct() select (lane, asset),
            async way => { if (await routes.ReadAsync(way.lane, way.asset, ct) is { } row) await store.SaveRouteAsync(row, ct); }, ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), ct);
}
