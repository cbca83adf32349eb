using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Cli;
using Bridge.Relayer.Watch;
using Bridge.Store;

namespace Bridge.Relayer.Rebuild;

/// <summary>Reads the chains from the start into an empty store, with the watcher's own steps, and ends exactly where the old cursors stood.</summary>
public sealed class HistoryReader(ChainSet chains, ChainStore store, DirectoryStore directory, FactReader reader, FinalityStep finality)
{
    /// <summary>Where one chain's reading ends.</summary>
    private sealed record End(ChainLink Link, BlockHeader Head, BlockHeader? Final);

    /// <param name="until">The old cursors; a chain without one is read up to its newest block.</param>
    /// <exception cref="UserException">A block that was final is no longer on its chain.</exception>
    public async Task ReadAsync(IReadOnlyDictionary<ChainId, Cursor> until, CancellationToken ct)
    {
        foreach (var link in chains.All) await link.Client.ConnectAsync(ct);
        foreach (var lane in chains.Lanes) await directory.SaveLaneAsync(lane, chains.LaneId(lane), ct);
        var ends = new List<End>();
        foreach (var link in chains.All) ends.Add(await EndAsync(link, until.GetValueOrDefault(link.Id), ct));

        foreach (var end in ends) await RecordAsync(end, ct);
        foreach (var end in ends.Where(end => end.Final is not null))
            await finality.AdvanceAsync(end.Link, (await store.CursorAsync(end.Link.Id, ct))!, end.Final!, ct);
    }

    private static async Task<End> EndAsync(ChainLink link, Cursor? old, CancellationToken ct)
    {
        if (old is null) return new End(link, await link.Client.HeadAsync(ct), await link.FinalAsync(ct));
        var final = old.Finalized is { } before ? await SameAsync(link, before, ct) : null;
        var head = await link.Client.BlockAsync(old.At.Height, ct);
        // A reorg above finality while nobody watched: what is read ends below it, and the watcher goes on from there.
        return head.Hash == old.At.Hash ? new End(link, head, final) : new End(link, final ?? await StartAsync(link, ct), final);
    }

    private static async Task<BlockHeader> SameAsync(ChainLink link, BlockRef stored, CancellationToken ct)
    {
        var block = await link.Client.BlockAsync(stored.Height, ct);
        return block.Hash == stored.Hash ? block : throw new UserException(
            $"Chain {link.Id}: block {stored.Height} was final as {stored.Hash} and is {block.Hash} now. A rebuild would forget that. Check the endpoints; if they are right, a final block vanished, which needs a person.");
    }

    private static Task<BlockHeader> StartAsync(ChainLink link, CancellationToken ct) =>
        link.Client.BlockAsync(link.Options.StartBlock > 0 ? link.Options.StartBlock - 1 : 0, ct);

    private async Task RecordAsync(End end, CancellationToken ct)
    {
        var at = (await StartAsync(end.Link, ct)).Ref;
        await store.StartAsync(end.Link.Id, at, ct);
        while (at.Height < end.Head.Height)
        {
            var to = Math.Min(end.Head.Height, at.Height + (ulong)end.Link.Options.MaxLogRange);
            var facts = await reader.ReadAsync(end.Link, at, to, end.Final?.Height ?? 0, ct);
            await store.RecordAsync(facts, ct);
            at = facts.NewCursor;
        }
    }
}
