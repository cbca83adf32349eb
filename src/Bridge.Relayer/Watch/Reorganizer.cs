using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Finds whether the last stored block is still on the chain, and if not, goes back to the newest one that is.</summary>
public sealed class Reorganizer(ChainStore store, ILogger<Reorganizer> log)
{
    private const int Searched = 512;

    /// <exception cref="InvalidOperationException">None of the stored blocks is on the chain any more: this needs a person.</exception>
    public async Task<bool> RewindIfForkedAsync(ChainLink link, Cursor cursor, CancellationToken ct)
    {
        if ((await link.Client.BlockAsync(cursor.At.Height, ct)).Hash == cursor.At.Hash) return false;
        var ancestor = await AncestorAsync(link, ct);
        log.LogWarning("chain {Chain}: reorg, {Depth} blocks replaced, back to {Ancestor}", link.Id, cursor.At.Height - ancestor.Height, ancestor);
        var result = await store.RewindAsync(link.Id, ancestor, ct);
        if (result.Halted) log.LogCritical("chain {Chain}: a final block was replaced; its lanes are halted until an operator acts", link.Id);
        return true;
    }

    private async Task<BlockRef> AncestorAsync(ChainLink link, CancellationToken ct)
    {
        foreach (var stored in await store.RecentBlocksAsync(link.Id, Searched, ct))
            if ((await link.Client.BlockAsync(stored.Height, ct)).Hash == stored.Hash) return stored;
        throw new InvalidOperationException(
            $"chain {link.Id}: none of the last {Searched} stored blocks is on the chain that the endpoints serve. Check that they serve the right chain.");
    }
}
