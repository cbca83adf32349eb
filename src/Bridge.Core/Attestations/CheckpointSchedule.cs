namespace Bridge.Core;

/// <summary>
/// Which sequences of a lane can be attested. The points follow from the chain alone, so honest validators name the same ones
/// without talking to each other.
/// </summary>
public static class CheckpointSchedule
{
    /// <summary>A multiple of this is always a point, so that a batch of at most this many messages can always be delivered.</summary>
    public const ulong Stride = 128;

    public static bool IsPoint(Sequence sequence, bool lastOfItsBlock) =>
        sequence > Sequence.None && (lastOfItsBlock || sequence.Value % Stride == 0);

    /// <summary>
    /// What to attest when finality advances: every multiple of <see cref="Stride"/> after <paramref name="attested"/>, then
    /// <paramref name="newest"/>, the last sequence of the newest finalized block that added to the lane. Ascending.
    /// </summary>
    public static IEnumerable<Sequence> Due(Sequence attested, Sequence newest)
    {
        if (newest <= attested) yield break;
        for (var point = (attested.Value / Stride * Stride) + Stride; point < newest.Value; point += Stride) yield return new Sequence(point);
        yield return newest;
    }
}
