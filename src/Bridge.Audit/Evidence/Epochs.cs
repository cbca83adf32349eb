using Bridge.Core;

namespace Bridge.Audit;

/// <summary>A validator set came into force, or the one before it ceased to count ahead of its time.</summary>
/// <param name="Epoch">Of the set that came into force; null where the overlap was ended.</param>
public sealed record SetChange(Epoch? Epoch, ulong Height, uint LogIndex, DateTimeOffset Time);

/// <summary>Which sets a Bridge accepted when: the one in force, and for a while the one before it (contracts/src/ValidatorBook.sol).</summary>
/// <param name="changes">In the order of the chain.</param>
public sealed class Epochs(IReadOnlyList<SetChange> changes)
{
    /// <summary>The contract's OVERLAP: how long the set before counts after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>The constructor's set, whose event may stand before the first block that is read.</summary>
    private static readonly Epoch First = new(1);

    /// <summary>The set in force right before a log.</summary>
    public Epoch InForce(ulong height, uint logIndex) => Before(height, logIndex).LastOrDefault(change => change.Epoch is not null)?.Epoch ?? First;

    /// <summary>Whether a certificate of the epoch counted in a block of that time, right before a log.</summary>
    public bool Counts(Epoch epoch, ulong height, uint logIndex, DateTimeOffset time)
    {
        if (epoch == InForce(height, logIndex)) return true;
        var before = Before(height, logIndex).ToList();
        var rotated = before.FindLastIndex(change => change.Epoch is not null);
        if (rotated < 0) return false;
        var previous = before.Take(rotated).LastOrDefault(change => change.Epoch is not null)?.Epoch ?? First;
        return epoch == previous && time < before[rotated].Time + Overlap && !before.Skip(rotated + 1).Any(change => change.Epoch is null);
    }

    private IEnumerable<SetChange> Before(ulong height, uint logIndex) =>
        changes.TakeWhile(change => change.Height < height || (change.Height == height && change.LogIndex < logIndex));
}
