using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Watch;

/// <summary>An endpoint left something out, put something in, or changed it. Nothing of the range is recorded.</summary>
public sealed class LyingSourceException(string message) : Exception(message);

/// <summary>Folds a lane's new messages onto what is already known of it; a hole, an extra or a changed byte shows at once.</summary>
public static class LaneFold
{
    /// <param name="head">Sequence and rolling hash of the lane's last known message.</param>
    /// <param name="sent">The lane's new events in chain order.</param>
    /// <exception cref="LyingSourceException">The events do not continue the lane.</exception>
    public static LaneState Extend(Lane lane, LaneState head, IReadOnlyList<MessageSent> sent)
    {
        var hashes = RollingHash.FoldEach(head.RollingHash, [.. sent.Select(message => message.Wire)]);
        for (var i = 0; i < sent.Count; i++)
        {
            var (message, hash) = (sent[i], hashes[i]);
            var expected = head.Sequence.Next();
            if (message.Sequence != expected)
                throw new LyingSourceException($"lane {lane}: message {message.Sequence} follows {head.Sequence}, expected {expected}; an endpoint hides or invents logs");
            if (hash != message.RollingHash)
                throw new LyingSourceException($"lane {lane}: message {message.Sequence} folds to {hash}, its event says {message.RollingHash}");
            head = new LaneState(message.Sequence, hash);
        }
        return head;
    }

    /// <summary>Compares what was folded with what the source's contract holds at the same block.</summary>
    /// <exception cref="LyingSourceException">They differ.</exception>
    public static void Confirm(Lane lane, LaneState folded, LaneState contract, ulong height)
    {
        if (folded == contract) return;
        throw new LyingSourceException(
            $"lane {lane}: the contract at block {height} stands at {contract.Sequence} ({contract.RollingHash}), the logs lead to "
            + $"{folded.Sequence} ({folded.RollingHash}); an endpoint lies or has pruned its logs");
    }
}
