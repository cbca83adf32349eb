using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Operation;

/// <summary>What operators see of nodes that work: metrics, traces across processes, and logs.</summary>
[Collection(InMemoryWorld.Name)]
public sealed partial class ObservedTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task A_transfer_is_followed_from_lock_to_mint_across_processes_and_counted_on_the_way()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var (relayer, validator) = (World.Relayers[0], World.Validators[0]);
        await relayer.KillAsync();
        await validator.KillAsync();
        await using var watched = relayer.Changed("watched-relayer", bridge => Observe(bridge, collector.Url));
        await using var signing = validator.Changed("watched-validator", bridge => Observe(bridge, collector.Url));
        watched.Start();
        signing.Start();
        try
        {
            var user = await Traveller.AtAsync(World, 5);
            await user.PrepareAsync(1_000_000);
            var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
            await World.DeliveredAsync(id);

            var trace = id.ToString()[2..34];
            await Eventually.TrueAsync("the trace", () => Task.FromResult(Names(collector, trace, "watched-relayer").IsSupersetOf(["observed", "finalized", "certified", "submitted", "executed", "delivered"])
                && Names(collector, trace, "watched-validator").IsSupersetOf(["observed", "finalized", "signed"])), World.Explain);
            collector.Spans.Where(span => span.TraceId == trace).ShouldAllBe(span => span.ParentId == id.ToString().Substring(34, 16));

            var metrics = await MetricsAsync(watched);
            metrics.ShouldContain("# TYPE bridge_transfer_stage_seconds histogram");
            foreach (var series in new[]
                     {
                         $"bridge_transfer_stage_seconds_count{{lane=\"{World.Home.Id}->{World.Far.Id}\",stage=\"Certified\"}}", "bridge_quorum_wait_seconds_bucket{", "bridge_transfer_total{",
                         $"bridge_chain_head_height{{chain=\"{World.Home.Id}\",tag=\"latest\"}}", "bridge_chain_head_age_seconds{", "bridge_watcher_cursor_lag_blocks{", "bridge_rpc_requests_total{",
                         "bridge_locks_observed_total{", "bridge_wallet_balance_wei{", "bridge_wallet_executions{", "bridge_executor_nonce{", "bridge_tx_fee_wei_total{", "bridge_rate_limit_available{",
                         "bridge_validator_set_index{", "bridge_outbox_pending{outbox=\"errands\"}",
                     }) Value(metrics, series).ShouldBeGreaterThanOrEqualTo(0, series);
            Value(metrics, $"bridge_tx_fee_wei_total{{chain=\"{World.Far.Id}\"").ShouldBeGreaterThan(0, "what a delivery costs is written down");
            Value(await MetricsAsync(signing), "bridge_sign_duration_seconds_count").ShouldBeGreaterThan(0);

            var line = JsonNode.Parse(watched.Output.Split('\n').Single(line => line.Contains("certified up to", StringComparison.Ordinal) && line.Contains(id.ToString(), StringComparison.Ordinal)))!;
            ((string?)line["lane"], (string?)line["messageId"], (string?)line["traceId"], (string?)line["level"]).ShouldBe(($"{World.Home.Id}->{World.Far.Id}", id.ToString(), trace, "Information"));
            ((string?)line["sequence"]).ShouldNotBeNull();
        }
        finally
        {
            await watched.KillAsync();
            await signing.KillAsync();
            relayer.Start();
            validator.Start();
        }
    }

    private static void Observe(JsonNode bridge, string collector)
    {
        bridge["Metrics"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" };
        bridge["Tracing"] = new JsonObject { ["Endpoint"] = collector };
        bridge["Bus"]!["Node"] = bridge["Attester"] is null ? "watched-relayer" : "watched-validator";
    }

    private static HashSet<string> Names(OtlpReceiver collector, string trace, string node) =>
        [.. collector.Spans.Where(span => span.TraceId == trace && span.Service.StartsWith(node, StringComparison.Ordinal)).Select(span => span.Name)];

    /// <summary>Of the first series that begins so; -1 without one.</summary>
    private static double Value(string metrics, string series) => metrics.Split('\n').FirstOrDefault(line => line.StartsWith(series, StringComparison.Ordinal)) is { } line
        ? double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)
        : -1;

    internal static async Task<string> MetricsAsync(Node node)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(await UrlAsync(node) + "/metrics"));
    }

    /// <summary>Where the node answers, as it says itself.</summary>
    internal static async Task<string> UrlAsync(Node node) => await Eventually.NotNullAsync("the node to say where its metrics are", () =>
        Task.FromResult(MetricsUrl().Match(node.Output) is { Success: true } match ? match.Groups[1].Value : null));

    [GeneratedRegex("metrics at (http://127\\.0\\.0\\.1:\\d+)/metrics")]
    private static partial Regex MetricsUrl();
}
