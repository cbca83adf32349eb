using System.CommandLine;
using System.Text.Json;
using Bridge.Audit;
using Bridge.Evm;
using Bridge.Relayer.Audit;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Makes everything again from RPC endpoints and the contracts' addresses: no database, no key, nobody to be believed but the chains.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var config = Common.Config();
        var fromChain = new Option<bool>("--from-chain") { Required = true, Description = "The chains are the only source. Needs Bridge:Chains, or Bridge:Audit:Endpoints, and nothing else." };
        var json = new Option<bool>("--json") { Description = "Print it as JSON, one object a line." };
        return new Command("replay", "Rebuilds every lane, verifies every certificate and payment, and prints supply by asset and block. Exit code 0 if all is true, 1 if something is not, 3 if that could not be decided.")
            { config, fromChain, json }
            .Does(async (parsed, ct) =>
            {
                var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config)));
                if (!parsed.GetValue(fromChain)) throw new UserException("--from-chain: there is no other source to replay from.");
                using var http = RpcHttp.CreateClient();
                if (await ReplayAsync(new Replayer(Auditors.Chains(options), http), ct) is not { } report) return AuditCommand.Undecided;
                await using var output = new StreamWriter(Console.OpenStandardOutput());
                foreach (var line in parsed.GetValue(json) ? Json(report) : Text(report)) await output.WriteLineAsync(line);
                return report.Verdicts.Any(v => v.State is LawState.Violated) ? Common.Failed : report.IsClean ? 0 : AuditCommand.Undecided;
            });
    }

    /// <summary>Null when a chain could not be read: then nothing is decided, and nothing is violated.</summary>
    private static async Task<ReplayReport?> ReplayAsync(Replayer replayer, CancellationToken ct)
    {
        try
        {
            return await replayer.ReplayAsync(ct);
        }
        catch (Exception e) when (e is RpcException or WrongChainException or EndpointQuorumException or AbiException)
        {
            await Console.Error.WriteLineAsync($"Nothing could be decided: {e.Message}");
            return null;
        }
    }

    private static IEnumerable<string> Text(ReplayReport report)
    {
        foreach (var (chain, at) in report.Chains) yield return $"chain {chain}: up to final block {at}";
        foreach (var point in report.Supplies)
            yield return $"supply of asset {point.Asset} on chain {point.Chain} after block {point.Height}: {point.Amount}{(point.IsHome ? " locked" : "")} ({(point.Change.Sign < 0 ? "" : "+")}{point.Change})";
        foreach (var lane in report.Lanes)
            yield return $"lane {lane.Lane}: {lane.Sent} sent, {lane.Underway} underway, {lane.Deferred} deferred, {lane.Refunded} refunded, {lane.Certificates} certificates";
        foreach (var asset in report.Assets) yield return $"asset {asset.Asset}: {asset.Locked} locked, {asset.Existing} exist elsewhere, {asset.Underway} underway, gap {asset.Locked - asset.Existing - asset.Underway}";
        foreach (var verdict in report.Verdicts) yield return verdict.ToString();
        yield return $"replay: {report.Lanes.Sum(l => l.Sent)} messages, {report.Lanes.Sum(l => l.Certificates)} certificates, {report.Verdicts.Count(v => v.State is LawState.Violated)} laws violated, {report.Verdicts.Count(v => v.State is LawState.Undecided)} undecided";
    }

    private static IEnumerable<string> Json(ReplayReport report)
    {
        foreach (var (chain, at) in report.Chains) yield return Line(new { kind = "chain", chain = chain.Value, block = at.Height, blockHash = at.Hash.ToString() });
        foreach (var point in report.Supplies)
            yield return Line(new { kind = "supply", asset = point.Asset.ToString(), chain = point.Chain.Value, isHome = point.IsHome, block = point.Height, amount = $"{point.Amount}", change = $"{point.Change}" });
        foreach (var lane in report.Lanes)
            yield return Line(new { kind = "lane", lane = lane.Lane.ToString(), laneId = lane.LaneId.ToString(), sent = lane.Sent, underway = lane.Underway, deferred = lane.Deferred, refunded = lane.Refunded, certificates = lane.Certificates });
        foreach (var asset in report.Assets)
            yield return Line(new { kind = "asset", asset = asset.Asset.ToString(), locked = $"{asset.Locked}", existing = $"{asset.Existing}", underway = $"{asset.Underway}", gap = $"{asset.Locked - asset.Existing - asset.Underway}" });
        foreach (var verdict in report.Verdicts) yield return Line(new { kind = "verdict", law = verdict.Law, name = verdict.Name, state = verdict.State.ToString(), detail = verdict.Detail });
    }

    private static string Line(object fact) => JsonSerializer.Serialize(fact);
}
