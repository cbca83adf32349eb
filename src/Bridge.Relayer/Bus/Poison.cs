namespace Bridge.Relayer.Bus;

/// <summary>A message that no further try can mend: it is parked with this reason, for a person.</summary>
public sealed class PoisonException(string message) : Exception(message);

/// <summary>Messages carry a version, so that during an upgrade an old process does not guess what a new one means.</summary>
public static class MessageVersion
{
    public const int Current = 1;

    /// <exception cref="PoisonException">This release does not know the version.</exception>
    public static void Require(int version)
    {
        if (version != Current)
            throw new PoisonException($"version {version} of the message is not known to this release, which reads {Current}. Replay it once every process of this node is upgraded");
    }
}
