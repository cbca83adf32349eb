using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Reload;

/// <summary>Takes over a changed configuration, all that may change of it or nothing.</summary>
internal sealed class Reloader(LiveOptions live, ChainSet chains, AddedChains added, LogLevels levels, ILogger<Reloader> log)
{
    /// <exception cref="Exception">A new endpoint serves another chain, or too few answer: nothing has changed.</exception>
    public async Task ApplyAsync(IConfiguration root, BridgeOptions wanted, CancellationToken ct)
    {
        var (now, next) = (live.Now, Changeable.Merge(live.Now, wanted));
        var commits = new List<Action>();
        var fresh = new List<ChainLink>();
        foreach (var (name, chain) in next.Chains)
        {
            if (now.Chains.TryGetValue(name, out var before))
            {
                if (before != chain) commits.Add(await chains[new ChainId(chain.ChainId)].PrepareAsync(chain, ct));
                continue;
            }
            var link = chains.Open(name, chain);
            await link.Client.ConnectAsync(ct);
            fresh.Add(link);
        }

        foreach (var commit in commits) commit();
        live.Now = next;
        if (levels.Replace(root)) log.LogInformation("configuration: the log levels changed");
        foreach (var one in Difference.Between(now, next)) log.LogInformation("configuration: {Key} is {After} now, it was {Before}", one.Key, one.After, one.Before);
        foreach (var one in Difference.Between(next, wanted)) log.LogWarning("configuration: {Key} is {After} in the file and takes effect when this process starts again; until then it is {Before}", one.Key, one.After, one.Before);
        foreach (var link in fresh)
        {
            await added.AddAsync(link, ct);
            log.LogInformation("chain {Chain}: added as {Name}", link.Id, link.Name);
        }
    }
}
