using System.Reflection;
using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Metrics;

/// <summary>Answers GET /metrics for Prometheus: what this process counted, and how the organisation's database stands at this moment.</summary>
public sealed class MetricsServer(MetricsOptions options, CounterCollector counters, StandingQueries standing, ILogger<MetricsServer> log) : IHostedService
{
    private static readonly Dictionary<string, string> Help = new()
    {
        ["bridge_attestations_total"] = "Attestations judged by this process, by validator and outcome.",
        ["bridge_backlog_oldest_seconds"] = "Age of the oldest transfer that has not arrived.",
        ["bridge_backlog_transfers"] = "Transfers that have not arrived, by lane and stage.",
        ["bridge_build_info"] = "Always 1; the labels say which build runs.",
        ["bridge_database_up"] = "Whether the database answered this scrape.",
        ["bridge_db_retries_total"] = "Passing faults of the database, by SQLSTATE.",
        ["bridge_escrow_balance"] = "What is locked of an asset at its home, in base units, as last audited.",
        ["bridge_heartbeat_stalled"] = "Whether a component stalls.",
        ["bridge_lane_halted"] = "A lane that is halted, by the halt's code.",
        ["bridge_law_violated"] = "Whether one of the ten laws was violated when it was last audited.",
        ["bridge_ledger_broken"] = "Whether more is unexplained on a chain than was accepted, so that nothing of it is signed on.",
        ["bridge_ledger_unexplained"] = "What exists on a chain, or is missing at home, that no message explains, in base units of the asset.",
        ["bridge_log_checkpoint_age_seconds"] = "Age of the newest signed checkpoint of the audit log.",
        ["bridge_log_pending"] = "Changes that are no leaves of the audit log yet.",
        ["bridge_log_tree_size"] = "Leaves of the audit log.",
        ["bridge_minted_supply"] = "What exists of an asset on all chains but its home, in base units, as last audited.",
        ["bridge_parked_messages"] = "Messages of the bus that are parked.",
        ["bridge_rpc_disagreements_total"] = "Answers of an endpoint that contradict a quorum of the others, by chain, endpoint and meaning.",
        ["bridge_solvency_gap"] = "What is locked of an asset beyond what exists, is on its way, or is a fee, in base units; must be 0.",
    };

    private WebApplication? _app;

    /// <summary>What it listens on, once it does.</summary>
    public IReadOnlyCollection<string> Urls => _app is { } app ? [.. app.Urls] : [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';'));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/metrics", async (HttpContext context) => await context.Response.WriteAsync(await ScrapeAsync(context), context.RequestAborted));
        await _app.StartAsync(cancellationToken);
        log.LogInformation("metrics at {Urls}", string.Join(", ", _app.Urls.Select(url => url + "/metrics")));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app) await app.DisposeAsync();
    }

    private async Task<string> ScrapeAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        List<Sample> samples = [new("bridge_build_info", 1, [("version", Cli.VersionCommand.Version)]), .. counters.Samples()];
        try
        {
            samples.AddRange(await ReadAsync(context.RequestAborted));
        }
        catch (Exception e) when (DatabaseFault.Of(e) is not null)
        {
            // An exporter that fails with the database would hide that it is the database.
            samples.Add(new Sample("bridge_database_up", 0, []));
            log.LogWarning("the database did not answer a scrape: {Error}", e.Message);
        }
        return PrometheusText.Write(samples, Help);
    }

    private async Task<IEnumerable<Sample>> ReadAsync(CancellationToken ct)
    {
        var now = await standing.ReadAsync(ct);
        return
        [
            new("bridge_database_up", 1, []),
            new("bridge_parked_messages", now.Parked, []),
            new("bridge_backlog_oldest_seconds", now.OldestSeconds, []),
            new("bridge_log_tree_size", now.Log.Size, []),
            new("bridge_log_pending", now.Log.Pending, []),
            .. now.Log.CheckpointAge is { } age ? [new Sample("bridge_log_checkpoint_age_seconds", age, [])] : Array.Empty<Sample>(),
            .. now.Halts.Select(halt => new Sample("bridge_lane_halted", 1, [("lane", halt.Lane.ToString()), ("code", halt.Code)])),
            .. now.Components.Select(component => new Sample("bridge_heartbeat_stalled", component.Stalled ? 1 : 0, [("component", component.Name)])),
            .. now.Ledger.SelectMany(account => Samples(account.Chain, account.Asset, account.Unexplained, account.IsBroken)),
            .. now.Reserves.SelectMany(asset => Samples(asset.Asset, asset.Escrow, asset.Minted, asset.Gap)),
            .. now.Laws.Select(law => new Sample("bridge_law_violated", law.IsViolated ? 1 : 0, [("law", law.Law)])),
            .. now.Backlog.Select(stage => new Sample("bridge_backlog_transfers", stage.Count, [("lane", stage.Lane.ToString()), ("stage", stage.Stage)])),
        ];
    }

    private static Sample[] Samples(ChainId chain, AssetId asset, double unexplained, bool isBroken)
    {
        (string, string)[] labels = [("chain", chain.ToString()), ("asset", asset.ToString())];
        return [new("bridge_ledger_unexplained", unexplained, labels), new("bridge_ledger_broken", isBroken ? 1 : 0, labels)];
    }

    private static Sample[] Samples(AssetId asset, double escrow, double minted, double gap)
    {
        (string, string)[] labels = [("asset", asset.ToString())];
        return [new("bridge_escrow_balance", escrow, labels), new("bridge_minted_supply", minted, labels), new("bridge_solvency_gap", gap, labels)];
    }
}
