using System.Collections.Concurrent;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Watch;
using Bridge.Store;

namespace Bridge.Relayer.Attest;

/// <summary>Why a checkpoint must not be attested now. Nothing is wrong with this validator; the step looks again later.</summary>
public sealed class NotYetException(string message) : Exception(message);

/// <summary>
/// The first three checks of a validator: the source block is final and agreed on, the messages fold to what the contract holds at that
/// block, believed of a quorum and, where an endpoint serves the proof, proven against the block's hash; and no chain sends out more of an
/// asset than came in, nor moves on what no message explains. The fourth is the signing log.
/// </summary>
public sealed class CheckpointProof(ChainSet chains, TransferStore transfers, HaltStore halts, LedgerCheck ledger)
{
    /// <summary>Messages that one statement reads, where their blocks are small.</summary>
    private const ulong ReadAtOnce = 1000;

    private readonly ConcurrentDictionary<ChainId, string> _unproven = new();

    /// <summary>Why the last checkpoint of a chain was signed without a storage proof, for each chain where that is so.</summary>
    public IEnumerable<string> Unproven => _unproven.OrderBy(chain => chain.Key).Select(chain => chain.Value);

    /// <summary>The rolling hash at each point, folded from the exact bytes.</summary>
    /// <param name="from">What is proven already: the last signed checkpoint, or the empty lane.</param>
    /// <param name="points">Ascending; the last one is <paramref name="head"/>'s sequence.</param>
    /// <exception cref="LyingSourceException">The messages do not lead to what the contract holds, or the block is no longer what was final: then the lane is halted.</exception>
    /// <exception cref="FalseProofException">Endpoints served only storage proofs that do not verify.</exception>
    /// <exception cref="NotYetException">Finality or the ledger does not allow it yet.</exception>
    public async Task<IReadOnlyList<Checkpoint>> ProveAsync(
        LaneHead head, LaneState from, IReadOnlyList<Sequence> points, CancellationToken ct)
    {
        await FinalAsync(head, ct);
        var (checkpoints, assets) = await FoldAsync(head, from, points, ct);
        var contract = await chains[head.Lane.Source].Bridge.OutboundAsync(head.Lane.Destination, head.Height, ct);
        var folded = new LaneState(checkpoints[^1].Sequence, checkpoints[^1].RollingHash);
        LaneFold.Confirm(head.Lane, folded, contract, head.Height);
        await StorageAsync(head, folded, ct);
        await ledger.RequireAsync(head.Lane, head.Height, assets, ct);
        return checkpoints;
    }

    private async Task FinalAsync(LaneHead head, CancellationToken ct)
    {
        var link = chains[head.Lane.Source];
        var final = await link.FinalAsync(ct);
        if (final.Height < head.Height) throw new NotYetException($"lane {head.Lane}: block {head.Height} is no longer final at the endpoints, which are at {final.Height}");
        var agreed = final.Height == head.Height ? final : await link.Client.BlockAsync(head.Height, ct);
        if (agreed.Hash == head.BlockHash) return;
        var what = $"block {head.Height} was final as {head.BlockHash}, the endpoints now say {agreed.Hash}";
        await halts.HaltVanishedAsync(head.Lane, head.Height - 1, what, ct);
        throw new LyingSourceException($"lane {head.Lane}: {what}; the lane is halted");
    }

    private async Task StorageAsync(LaneHead head, LaneState folded, CancellationToken ct)
    {
        var link = chains[head.Lane.Source];
        if (link.Options.Proof == ProofModes.Off) return;
        var (proven, whyNot) = await link.Bridge.ProveOutboundAsync(head.Lane.Destination, new BlockRef(head.Height, head.BlockHash), ct);
        if (proven is not null)
        {
            _unproven.TryRemove(link.Id, out _);
            if (proven == folded) return;
            throw new LyingSourceException(
                $"lane {head.Lane}: the storage proven at block {head.Height} holds {proven.Sequence} ({proven.RollingHash}), the logs and a quorum of endpoints "
                + $"say {folded.Sequence} ({folded.RollingHash}). They lie together, or this Bridge stores its lanes elsewhere; only then set Proof to off");
        }
        var unproven = $"chain {link.Id}: no storage proof at block {head.Height}: {whyNot}";
        if (link.Options.Proof == ProofModes.Required) throw new NotYetException($"lane {head.Lane}: {unproven}. Proof is required; add an endpoint that serves eth_getProof");
        _unproven[link.Id] = unproven;
    }

    /// <summary>The rolling hash at each point, and the assets that the folded bytes move: what else the database says of a message is not believed here.</summary>
    private async Task<(IReadOnlyList<Checkpoint> Checkpoints, IReadOnlyCollection<AssetId> Assets)> FoldAsync(
        LaneHead head, LaneState from, IReadOnlyList<Sequence> points, CancellationToken ct)
    {
        var (checkpoints, assets) = (new List<Checkpoint>(points.Count), new HashSet<AssetId>());
        var (read, wires) = (from.Sequence, new List<byte[]>());
        foreach (var point in points)
        {
            if (point > read)
            {
                var to = new Sequence(Math.Max(point.Value, Math.Min(head.Sequence.Value, read.Value + ReadAtOnce)));
                wires.AddRange(await transfers.WiresAsync(head.Lane, read.Next(), to, ct));
                read = to;
            }
            var count = (int)(point.Value - from.Sequence.Value);
            var folded = wires.GetRange(0, count);
            wires.RemoveRange(0, count);
            from = new LaneState(point, RollingHash.Fold(from.RollingHash, folded));
            foreach (var wire in folded)
                if (MessageCodec.Moves(wire) is { } asset) assets.Add(asset);
            checkpoints.Add(new Checkpoint(head.LaneId, point, from.RollingHash));
        }
        return (checkpoints, assets);
    }
}
