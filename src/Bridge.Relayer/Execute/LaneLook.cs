using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>Whether a delivery is still wanted.</summary>
public sealed class LaneLook(ChainSet chains, TransferStore transfers, HaltStore halts)
{
    /// <summary>The destination has the message already, or the lane is halted.</summary>
    public async Task<bool> IsUnwantedAsync(Lane lane, Sequence first, CancellationToken ct)
    {
        if (await halts.CurrentAsync(lane, ct) is not null) return true;
        var inbound = await chains[lane.Destination].Bridge.InboundAsync(lane.Source, null, ct);
        return await transfers.SequenceAsync(lane, inbound, ct) is { } delivered && delivered >= first;
    }
}
