using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Moves finality forward, after every lane was compared with the contract at the final block.</summary>
public sealed class FinalityStep(ChainSet chains, ChainStore store, TransferStore transfers, HaltStore halts, AssetMirror assets, Ringer ringer, ILogger<FinalityStep> log)
{
    public async Task AdvanceAsync(ChainLink link, Cursor cursor, BlockHeader final, CancellationToken ct)
    {
        if (final.Height > cursor.At.Height) final = await link.Client.BlockAsync(cursor.At.Height, ct);
        if (cursor.Finalized is { } before && before.Height >= final.Height) return;

        foreach (var lane in chains.Lanes.Where(lane => lane.Source == link.Id)) await ConfirmAsync(link, lane, final, ct);
        var ranges = await store.FinalizeAsync(link.Id, final.Ref, ct);
        await assets.MirrorAsync(ranges, ct);
        foreach (var range in ranges)
        {
            log.LogInformation("lane {Lane}: {First} to {Last} are final at block {Height}", range.Lane, range.First, range.Last, final.Height);
            await ringer.RingAsync(
                new MessagesFinalized(range.Lane.Source.Value, range.Lane.Destination.Value, range.First.Value, range.Last.Value), ct);
        }
    }

    private async Task ConfirmAsync(ChainLink link, Lane lane, BlockHeader final, CancellationToken ct)
    {
        LaneState contract;
        try
        {
            contract = await link.Bridge.OutboundAsync(lane.Destination, final.Height, ct);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            return; // The lane is not open at that block, so nothing can have been sent through it.
        }
        if (contract.RollingHash.IsZero) return;
        var sequence = await transfers.LastSentAsync(lane, final.Height, ct);
        var hash = sequence == Sequence.None ? chains.LaneId(lane) : await transfers.RollingHashAsync(lane, sequence, ct);
        try
        {
            LaneFold.Confirm(lane, new LaneState(sequence, hash ?? default), contract, final.Height);
        }
        catch (LyingSourceException e)
        {
            await halts.HaltAsync(lane, "SOURCE_CONTRADICTS_ITSELF", e.Message, ct);
            throw;
        }
    }
}
