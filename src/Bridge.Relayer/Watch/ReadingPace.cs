namespace Bridge.Relayer.Watch;

/// <summary>
/// How many blocks are read and stored at once: few where they are full and many where they are empty, so that a long backlog becomes many
/// commits of about the same size, and the first of it goes on while the rest is read.
/// </summary>
/// <param name="most">Blocks at most, as the configuration says now.</param>
public sealed class ReadingPace(Func<int> most)
{
    /// <summary>Facts in one commit, above which the next one takes half of the blocks.</summary>
    public const int Many = 2000;

    private const int First = 4;

    private int _blocks = First;

    /// <summary>The last height that is read next.</summary>
    /// <param name="read">What was read last.</param>
    /// <param name="head">The newest there is; at least one above.</param>
    public ulong Next(ulong read, ulong head) => Math.Min(head, read + (ulong)Math.Min(_blocks, most()));

    public void Read(int facts) => _blocks = facts > Many ? Math.Max(1, _blocks / 2) : Math.Min(most(), _blocks * 2);
}
