namespace Bridge.Core;

public enum SigningVerdict
{
    /// <summary>Nothing was signed at this sequence before: record it, then sign.</summary>
    Fresh,

    /// <summary>The same rolling hash again, maybe under a new epoch: signing it again reveals nothing new.</summary>
    Same,

    /// <summary>Another rolling hash for a sequence already signed: refuse, halt the lane, keep both as evidence. There is no override.</summary>
    Conflict,
}

public static class SigningGuard
{
    /// <param name="recorded">The rolling hash in this validator's signing log at (lane, sequence), if any.</param>
    public static SigningVerdict Judge(Hash32? recorded, Hash32 proposed) => recorded switch
    {
        null => SigningVerdict.Fresh,
        { } before when before == proposed => SigningVerdict.Same,
        _ => SigningVerdict.Conflict,
    };
}
