using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Finds whether the last stored block is still on the chain, and if not, goes back to the newest one that is.</summary>
public sealed class Reorganizer(ChainStore store, ILogger<Reorganizer> log)
{
    private const int Searched = 512;

    /// <param name="head">The newest block, at the cursor or above it.</param>
    /// <exception cref="InvalidOperationException">None of the stored blocks is on the chain any more: this needs a person.</exception>
    public async Task<bool> RewindIfForkedAsync(ChainLink link, Cursor cursor, BlockHeader head, CancellationToken ct)
    {
        if (await HashAsync(link, cursor.At.Height, head, ct) == cursor.At.Hash) return false;
        var ancestor = await AncestorAsync(link, ct);
        log.LogWarning("chain {Chain}: reorg, {Depth} blocks replaced, back to {Ancestor}", link.Id, cursor.At.Height - ancestor.Height, ancestor);
        RelayerMeter.Reorganised(link.Id, cursor.At.Height - ancestor.Height);
        var result = await store.RewindAsync(link.Id, ancestor, ct);
        if (result.Halted) log.LogCritical("chain {Chain}: a final block was replaced; its lanes are halted until an operator acts", link.Id);
        return true;
    }

    /// <summary>
    /// Goes back to the last final block, so that what an endpoint hid or invented since is read again, perhaps from a better one. A cursor
    /// that has passed a hidden message would never see it.
    /// </summary>
    /// <param name="start">The block below the first that is read, for a chain of which nothing is final yet.</param>
    public async Task ReadAgainAsync(ChainLink link, Cursor cursor, BlockRef start, string why, CancellationToken ct)
    {
        var from = cursor.Finalized ?? start;
        if (from.Height >= cursor.At.Height) return;
        log.LogWarning("chain {Chain}: reading again from block {Height}, because {Why}", link.Id, from.Height + 1, why);
        await store.RewindAsync(link.Id, from, ct, "read again: an endpoint had hidden or invented something");
    }

    /// <summary>The newest block names itself and the one below; another one is asked for.</summary>
    private static async Task<Hash32> HashAsync(ChainLink link, ulong height, BlockHeader head, CancellationToken ct) => (head.Height - height) switch
    {
        0 => head.Hash,
        1 => head.Parent,
        _ => (await link.Client.BlockAsync(height, ct)).Hash,
    };

    private async Task<BlockRef> AncestorAsync(ChainLink link, CancellationToken ct)
    {
        var oldest = 0UL;
        foreach (var stored in await store.RecentBlocksAsync(link.Id, Searched, ct))
        {
            oldest = stored.Height > 0 ? stored.Height - 1 : 0;
            if ((await link.Client.BlockAsync(stored.Height, ct)).Hash == stored.Hash) return stored;
        }
        var what = $"none of the last {Searched} stored blocks of chain {link.Id} is on the chain that the endpoints serve";
        await store.HaltAllAsync(link.Id, oldest, what, ct);
        throw new InvalidOperationException($"{what}; its lanes are halted. Check that the endpoints serve the right chain");
    }
}
