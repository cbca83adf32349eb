using System.Collections.Concurrent;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Chains;

/// <summary>The destinations' validator sets, read at a final block by the endpoints' quorum; a set of an epoch never changes.</summary>
public sealed class ValidatorSets(ChainSet chains, DirectoryStore directory)
{
    private readonly ConcurrentDictionary<ChainId, ValidatorSet> _current = new();

    /// <summary>The set in force at the newest final block of the chain.</summary>
    public async Task<ValidatorSet> CurrentAsync(ChainId chain, CancellationToken ct)
    {
        var link = chains[chain];
        var final = await link.FinalAsync(ct);
        var epoch = await link.Bridge.EpochAsync(final.Height, ct);
        if (_current.TryGetValue(chain, out var known) && known.Epoch == epoch) return known;
        var set = await link.Bridge.ValidatorSetAsync(epoch, final.Height, ct);
        await directory.SaveValidatorSetAsync(chain, link.BridgeAddress, set, current: true, ct);
        return _current[chain] = set;
    }
}
