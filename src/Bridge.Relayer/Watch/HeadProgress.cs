using Bridge.Core;

namespace Bridge.Relayer.Watch;

/// <summary>A chain, or all its endpoints, stand still. The message says at which block and for how long.</summary>
public sealed class StandstillException(string message) : Exception(message);

/// <summary>Notices a chain that makes no blocks, by our own clock: blocks carry a time that theirs says.</summary>
internal sealed class HeadProgress(TimeProvider time, TimeSpan patience)
{
    private ulong _highest;
    private long _since = time.GetTimestamp();

    /// <exception cref="StandstillException">The height has not grown for as long as is patience.</exception>
    public void Saw(ChainId chain, ulong height)
    {
        if (height > _highest) (_highest, _since) = (height, time.GetTimestamp());
        else if (time.GetElapsedTime(_since) is var lasts && lasts > patience)
            throw new StandstillException($"chain {chain}: no block after {_highest} for {lasts.TotalSeconds:0} s: it stands still, or its endpoints do");
    }
}
