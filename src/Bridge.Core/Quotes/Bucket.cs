using System.Numerics;

namespace Bridge.Core;

/// <summary>A token bucket as a contract showed it at a moment. Others take from it too: what it says of later holds if nobody else comes first.</summary>
/// <param name="Capacity">Base units of a full one.</param>
/// <param name="PeriodSeconds">In which an empty one fills.</param>
/// <param name="Available">Base units that passed at <paramref name="At"/>.</param>
public readonly record struct Bucket(UInt128 Capacity, ulong PeriodSeconds, UInt128 Available, DateTimeOffset At)
{
    /// <summary>Base units that pass at a later moment, rounded down.</summary>
    public UInt128 AvailableAt(DateTimeOffset moment)
    {
        var elapsed = (long)Math.Max(0, Math.Floor((moment - At).TotalSeconds));
        if (PeriodSeconds == 0) return UInt128.Min(Available, Capacity);
        var filled = (BigInteger)Available + ((BigInteger)Capacity * elapsed / PeriodSeconds);
        return filled >= (BigInteger)Capacity ? Capacity : (UInt128)filled;
    }

    /// <summary>When so much passes; at once where it does already, null where it never does.</summary>
    public DateTimeOffset? PassesAt(UInt128 amount, DateTimeOffset now)
    {
        if (amount > Capacity) return null;
        if (amount <= AvailableAt(now)) return now;
        if (PeriodSeconds == 0) return null;
        var missing = (BigInteger)amount - (BigInteger)Available;
        var seconds = ((missing * PeriodSeconds) + (BigInteger)Capacity - 1) / (BigInteger)Capacity;
        // One more, because the contract rounds against the taker.
        return At.AddSeconds((double)seconds + 1);
    }
}
