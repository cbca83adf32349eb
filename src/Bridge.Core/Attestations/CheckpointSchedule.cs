namespace Bridge.Core;

/// <summary>A message of a lane, as the schedule sees it.</summary>
/// <param name="Height">Of the source block that holds it.</param>
/// <param name="Length">Bytes of its wire form.</param>
/// <param name="GasLimit">Gas that its call asks for; 0 of a transfer.</param>
public readonly record struct PlacedMessage(Sequence Sequence, ulong Height, int Length, uint GasLimit);

/// <summary>
/// Which sequences of a lane are attested. The points follow from the chain alone, so honest validators name the same ones without
/// talking to each other: the end of each source block, each multiple of <see cref="Stride"/>, and inside a block the last message before
/// one that would make the run since the last point more than a transaction can deliver.
/// </summary>
public static class CheckpointSchedule
{
    public const ulong Stride = 128;

    /// <summary>Gas of a run, of the 2^24 that a transaction may use (EIP-7825): delivering, deferring and the margin need the rest.</summary>
    public const ulong MaxRunGas = 12_000_000;

    /// <summary>Bytes of a run's messages, of the 128 KiB that nodes accept as a transaction.</summary>
    public const int MaxRunBytes = 96 * 1024;

    /// <summary>A validator that is further behind skips the ends of older blocks.</summary>
    public const int MaxBlockEnds = 256;

    // What any message costs on delivery, more than a deferral; and EIP-7623's floor for a byte of calldata.
    private const ulong GasPerMessage = 60_000;
    private const ulong GasPerByte = 40;

    /// <summary>What to attest when finality advances, ascending: every point above <paramref name="attested"/>.</summary>
    /// <param name="messages">In order, without holes, from the first message of its block on, to the last of the newest final block.</param>
    public static IReadOnlyList<Sequence> Due(Sequence attested, IReadOnlyList<PlacedMessage> messages)
    {
        var points = Points(messages).Where(point => point.Sequence > attested).ToList();
        var needless = points.Count(point => point.IsBlockEnd) - MaxBlockEnds;
        return [.. points.Where(point => !point.IsBlockEnd || needless-- <= 0).Select(point => point.Sequence)];
    }

    /// <summary>The points, and whether one is nothing but the end of a block.</summary>
    private static IEnumerable<(Sequence Sequence, bool IsBlockEnd)> Points(IReadOnlyList<PlacedMessage> messages)
    {
        var (gas, bytes) = (0UL, 0);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (gas > 0 && (gas + GasOf(message) > MaxRunGas || bytes + message.Length > MaxRunBytes))
            {
                yield return (messages[i - 1].Sequence, false);
                (gas, bytes) = (0, 0);
            }
            (gas, bytes) = (gas + GasOf(message), bytes + message.Length);
            var isMultiple = message.Sequence.Value % Stride == 0;
            if (!isMultiple && i + 1 < messages.Count && messages[i + 1].Height == message.Height) continue;
            yield return (message.Sequence, !isMultiple);
            (gas, bytes) = (0, 0);
        }
    }

    private static ulong GasOf(PlacedMessage message) => GasPerMessage + (GasPerByte * (ulong)message.Length) + message.GasLimit;
}
