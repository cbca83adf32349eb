using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>The call that delivers a range: its messages, one behind the other, and the certificate over the last of them.</summary>
public sealed class DeliveryCalldata(TransferStore transfers, AttestationStore attestations, DirectoryStore directory)
{
    /// <exception cref="InvalidOperationException">The range does not end at a checkpoint that is certified under the current epoch.</exception>
    public async Task<byte[]> BuildAsync(Lane lane, Sequence first, Sequence last, CancellationToken ct) => await TryBuildAsync(lane, first, last, ct)
        ?? throw new InvalidOperationException($"lane {lane}: {last} is not certified under the current epoch of chain {lane.Destination}");

    /// <summary>Null if the range does not end at a checkpoint that is certified under the current epoch.</summary>
    public async Task<byte[]?> TryBuildAsync(Lane lane, Sequence first, Sequence last, CancellationToken ct)
    {
        if ((await directory.CurrentSetAsync(lane.Destination, ct))?.Set.Epoch is not { } epoch) return null;
        if (await attestations.NewestCertifiedAsync(lane, new Sequence(last.Value - 1), last, epoch, ct) is not { } certified) return null;
        var messages = (await transfers.WiresAsync(lane, first, last, ct)).SelectMany(wire => wire).ToArray();
        return BridgeContract.EncodeDeliver(certified.Checkpoint.LaneId, first, messages, certified.Certificate);
    }
}
