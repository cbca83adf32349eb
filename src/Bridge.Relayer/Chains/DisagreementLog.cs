using System.Collections.Concurrent;
using Bridge.Evm;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Chains;

/// <summary>
/// The alarm for endpoints that contradict a quorum: an error if the block was final, a warning if honest nodes may still differ. Once a
/// minute for each endpoint and kind, with the number of those that went unsaid: a liar must not fill the disk.
/// </summary>
public sealed class DisagreementLog(ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Uri, EndpointCondition), (DateTimeOffset Next, long Unsaid)> _said = new();

    public void Hear(Disagreement disagreement)
    {
        var now = time.GetUtcNow();
        var before = 0L;
        var isDue = false;
        _said.AddOrUpdate((disagreement.Endpoint, disagreement.Meaning),
            _ => Say(0),
            (_, last) => now >= last.Next ? Say(last.Unsaid) : (last.Next, last.Unsaid + 1));
        if (isDue) log.Log(disagreement.Meaning is EndpointCondition.Ok ? LogLevel.Warning : LogLevel.Error,
            "endpoint {Meaning}: {Disagreement} ({Unsaid} more since the last time)", Meaning(disagreement), disagreement, before);

        (DateTimeOffset, long) Say(long unsaid)
        {
            (isDue, before) = (true, unsaid);
            return (now + Every, 0);
        }
    }

    private static string Meaning(Disagreement disagreement) => disagreement.Meaning switch
    {
        EndpointCondition.Pruned => "has pruned its history",
        EndpointCondition.Lying => "suspect, not counted for now",
        _ => "differs on a block that is not final",
    };
}
