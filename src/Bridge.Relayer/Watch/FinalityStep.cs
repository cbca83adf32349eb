using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Moves finality forward, after every lane was compared with the contract at the final block.</summary>
public sealed class FinalityStep(
    ChainSet chains, ChainStore store, TransferStore transfers, AssetMirror assets, Ringer ringer, ILogger<FinalityStep> log)
{
    public async Task AdvanceAsync(ChainLink link, Cursor cursor, BlockHeader final, CancellationToken ct)
    {
        if (final.Height > cursor.At.Height) final = await link.Client.BlockAsync(cursor.At.Height, ct);
        if (cursor.Finalized is { } before && before.Height >= final.Height) return;

        foreach (var lane in chains.Lanes.Where(lane => lane.Source == link.Id)) await ConfirmAsync(link, lane, final, ct);
        // Before the commit: a crash in between must not leave a final message whose asset nobody knows.
        await assets.MirrorAsync(await store.AssetsToFinalizeAsync(link.Id, final.Height, ct), ct);
        var ranges = await store.FinalizeAsync(link.Id, final.Ref, ct);
        foreach (var range in ranges)
        {
            log.LogInformation("lane {Lane}: {First} to {Last} are final at block {Height}", range.Lane, range.First, range.Last, final.Height);
            ringer.Ring(new MessagesFinalized(range.Lane.Source.Value, range.Lane.Destination.Value, range.First.Value, range.Last.Value));
        }
    }

    /// <exception cref="LyingSourceException">Nothing of the range becomes final.</exception>
    private async Task ConfirmAsync(ChainLink link, Lane lane, BlockHeader final, CancellationToken ct)
    {
        if (await OutboundAsync(link, lane, final, ct) is not { } contract) return;
        var sequence = await transfers.LastSentAsync(lane, final.Height, ct);
        var hash = sequence == Sequence.None ? chains.LaneId(lane) : await transfers.RollingHashAsync(lane, sequence, ct);
        LaneFold.Confirm(lane, new LaneState(sequence, hash ?? default), contract, final.Height);
    }

    /// <summary>Null while the lane is not open: nothing can have been sent through it.</summary>
    private static async Task<LaneState?> OutboundAsync(ChainLink link, Lane lane, BlockHeader final, CancellationToken ct)
    {
        var contract = await link.Bridge.OutboundAsync(lane.Destination, final.Height, ct);
        return contract.RollingHash.IsZero ? null : contract;
    }
}
