using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Doctor;

/// <summary>A chain's endpoints, each by itself: the right chain, a final block, the same one as the others, logs of a whole range.</summary>
public sealed class EndpointExamination(string name, ChainOptions options, HttpClient http, TimeProvider time) : IExamination
{
    // An endpoint's clock, the chain's and this machine's differ by less than this in order.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(1);

    private sealed record Seen(Uri Url, ChainClient Client, BlockHeader? Final, Finding Finding);

    public string Name => $"chain {name}";

    public string Fix => $"Look at Bridge:Chains:{name}";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        var seen = await Task.WhenAll(options.Endpoints.Select(url => AskAsync(new Uri(url), ct)));
        return [Number(), .. seen.Select(one => one.Finding), .. await AgreementAsync([.. seen.Where(one => one.Final is not null)], ct), .. await LogsAsync(seen, ct)];
    }

    private Finding Number() => options.Endpoints.Count >= 2
        ? Finding.Good(Name, $"{options.Endpoints.Count} endpoints, of which {options.EffectiveQuorum} must agree")
        : Finding.Warning(Name, "one endpoint: whoever runs it can deceive this node", $"Add another one, run by somebody else, to Bridge:Chains:{name}:Endpoints");

    private async Task<Seen> AskAsync(Uri url, CancellationToken ct)
    {
        var check = $"{Name}: {RpcEndpoint.Describe(url)}";
        var client = new ChainClient(new ChainId(options.ChainId), [new RpcEndpoint(url, http, new RpcOptions { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) })], 1);
        try
        {
            await client.ConnectAsync(ct);
            var head = await client.HeadAsync(ct);
            var final = await client.FinalAsync(FinalityPolicy.TryParse(options.Finality, out var policy) ? policy : throw new FormatException(options.Finality), ct);
            var ahead = head.Time - time.GetUtcNow();
            return new Seen(url, client, final, ahead > Skew
                ? Finding.Warning(check, string.Create(CultureInfo.InvariantCulture, $"its newest block is of {ahead.TotalSeconds:0.0} s from now"), "Set this machine's clock by NTP; if it is right, the chain's is not")
                : Finding.Good(check, $"chain {options.ChainId}, newest block {head.Height}, final ({options.Finality}) {final.Height}"));
        }
        catch (Exception e) when (e is EndpointQuorumException or RpcException or WrongChainException or HttpRequestException)
        {
            return new Seen(url, client, null, Finding.Bad(check, e.Message, $"Mend the endpoint, or put another one into Bridge:Chains:{name}:Endpoints"));
        }
    }

    private async Task<IReadOnlyList<Finding>> AgreementAsync(IReadOnlyList<Seen> seen, CancellationToken ct)
    {
        if (seen.Count < options.EffectiveQuorum)
            return [Finding.Bad(Name, $"{seen.Count} endpoints answer and {options.EffectiveQuorum} must agree", "Bring more of them back; the quorum is never lowered by itself")];
        if (seen.Count < 2) return [];
        var height = seen.Min(one => one.Final!.Height);
        var hashes = await Task.WhenAll(seen.Select(async one => (one.Url, (await one.Client.BlockAsync(height, ct)).Hash)));
        return hashes.Select(one => one.Hash).Distinct().Count() == 1
            ? [Finding.Good(Name, $"all agree on final block {height}")]
            : [Finding.Bad(Name, $"they name different final blocks {height}: {string.Join(", ", hashes.Select(one => $"{RpcEndpoint.Describe(one.Url)} {one.Hash}"))}",
                "One of them lies or follows a fork: compare with an explorer, and take the wrong one out")];
    }

    private async Task<IReadOnlyList<Finding>> LogsAsync(IReadOnlyList<Seen> seen, CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var one in seen.Where(one => one.Final is not null))
        {
            var to = one.Final!.Height;
            var from = to - Math.Min(to, (ulong)options.MaxLogRange - 1);
            try
            {
                await new RpcEndpoint(one.Url, http, new RpcOptions()).CallAsync("eth_getLogs", [new { address = options.Bridge, fromBlock = $"0x{from:x}", toBlock = $"0x{to:x}" }], ct);
            }
            catch (RpcException e)
            {
                findings.Add(Finding.Warning($"{Name}: {RpcEndpoint.Describe(one.Url)}", $"it gives no logs of {to - from + 1} blocks at once: {e.Message}", $"Lower Bridge:Chains:{name}:MaxLogRange; until then each range is halved until it is taken"));
            }
        }
        return findings;
    }
}
