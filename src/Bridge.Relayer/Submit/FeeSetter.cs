using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Submit;

/// <summary>Has the submitter set a route's least fees once they are too far from what a delivery costs.</summary>
public sealed class FeeSetter(ChainSet chains, FeePlan plan, ErrandStore journal, OracleOptions options, DirectoryStore directory, ILogger<FeeSetter> log)
    : Worker("fees", directory, log)
{
    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var assets = (await Directory.AssetsAsync(ct)).Select(row => row.Asset).Distinct().ToList();
        await Each.DoAsync(
            from lane in chains.Lanes from asset in assets select (lane, asset),
            async way => { if (await plan.PlanAsync(way.lane, way.asset, null, ct) is (not null, _)) await journal.AskFeesAsync(way.lane, way.asset, ct); }, ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), ct);
}
