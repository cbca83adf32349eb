using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>The transactions that deliver a lane up to a sequence, each one that the contract takes.</summary>
internal sealed class DeliveryCalls(DeliveryQueries deliveries, AttestationStore attestations, TransferStore transfers)
{
    /// <summary>Messages in one delivery at most, if a checkpoint allows: certified points are at most so far apart, and such a batch always fits a block.</summary>
    private const ulong Stride = CheckpointSchedule.Stride;

    /// <returns>The next call and how many follow; null when the sequence is delivered already, or not certified in this epoch.</returns>
    public async Task<(byte[] Data, Sequence First, Sequence Last, int After)?> NextAsync(TransferView view, Epoch epoch, CancellationToken ct)
    {
        var delivered = await deliveries.DeliveredAsync(view.Lane, ct);
        if (delivered >= view.Sequence) return null;
        var certified = await attestations.CertifiedAsync(view.Lane, delivered, new Sequence(view.Sequence.Value + Stride), epoch, ct);
        if (Plan(delivered, view.Sequence, certified) is not [var last, ..] ends) return null;
        if (await attestations.NewestCertifiedAsync(view.Lane, delivered, last, epoch, ct) is not { } found) return null;
        var messages = (await transfers.WiresAsync(view.Lane, delivered.Next(), last, ct)).SelectMany(wire => wire).ToArray();
        return (BridgeCalls.Deliver(view.LaneId, delivered.Next(), messages, found.Certificate), delivered.Next(), last, ends.Count - 1);
    }

    /// <summary>Where each delivery ends: as far as one reaches, until the wanted sequence is in. Empty when no certificate reaches it.</summary>
    /// <param name="certified">Ascending, all above <paramref name="delivered"/>.</param>
    internal static IReadOnlyList<Sequence> Plan(Sequence delivered, Sequence wanted, IReadOnlyList<Sequence> certified)
    {
        var ends = new List<Sequence>();
        var at = delivered;
        while (at < wanted)
        {
            var ahead = certified.Where(point => point > at).ToList();
            if (ahead.Count == 0) return [];
            var reach = ahead.TakeWhile(point => point.Value - at.Value <= Stride).ToList();
            // No further than the first point that has the wanted one in it.
            at = reach.FirstOrDefault(point => point >= wanted) is var enough && enough != Sequence.None ? enough : reach.Count > 0 ? reach[^1] : ahead[0];
            ends.Add(at);
        }
        return ends;
    }
}
