using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Writes down how the endpoints are doing: at once when a state changes, else every few seconds.</summary>
public sealed class EndpointRecorder(ChainSet chains, EndpointStore store, DirectoryStore directory, ILogger<EndpointRecorder> log)
    : Worker("endpoints", directory, log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ChainLink, (string States, long At)> _written = [];

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var unwell = new List<string>();
        foreach (var link in chains.All)
        {
            var reports = Reports(link.Client.Health);
            await SaveAsync(link, reports, ct);
            unwell.AddRange(reports.Where(report => report.State != "ok").Select(report => $"chain {link.Id}: {report.Name} is {report.State}"));
        }
        return unwell.Count == 0 ? null : string.Join("; ", unwell);
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(Look, ct);

    private async Task SaveAsync(ChainLink link, IReadOnlyList<EndpointReport> reports, CancellationToken ct)
    {
        var states = string.Join(' ', reports.Select(report => report.State));
        if (_written.TryGetValue(link, out var last) && last.States == states && TimeProvider.System.GetElapsedTime(last.At) < WriteEvery) return;
        await store.SaveAsync(link.Id, reports, ct);
        _written[link] = (states, TimeProvider.System.GetTimestamp());
    }

    /// <summary>Two endpoints on one host differ in their paths only, which may hold secrets: they are numbered.</summary>
    public static IReadOnlyList<EndpointReport> Reports(IReadOnlyList<EndpointHealth> endpoints)
    {
        var named = new Dictionary<string, int>();
        return [.. endpoints.Select(health =>
        {
            var name = RpcEndpoint.Describe(health.Endpoint);
            var number = named[name] = named.GetValueOrDefault(name) + 1;
            return new EndpointReport(number == 1 ? name : $"{name} #{number}", State(health.Condition), health.Reason, health.LastSuccess, health.LastHeight, health.Disagreements);
        })];
    }

    private static string State(EndpointCondition condition) => condition is EndpointCondition.WrongChain ? "wrong-chain" : condition.ToString().ToLowerInvariant();
}
