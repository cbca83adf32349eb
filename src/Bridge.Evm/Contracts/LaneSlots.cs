using System.Buffers.Binary;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Where a Bridge stores the lane to a chain: `_outbound` in contracts/src/BridgeState.sol, a mapping from the destination's id to the
/// lane word and, one slot above, the rolling hash. A test holds this to the view `outbound` of a real Bridge.
/// </summary>
public static class LaneSlots
{
    private const ulong OutboundMapping = 6;

    /// <summary>Bytes of the lane word that hold the sequence, behind the remote Bridge's address.</summary>
    private const int SequenceAt = 20;

    /// <summary>The lane word's slot, and the rolling hash's.</summary>
    public static IReadOnlyList<Hash32> Of(ChainId destination)
    {
        var slot = new AbiWords().Add(destination.Value).Add(OutboundMapping).Hash();
        return [slot, After(slot)];
    }

    public static LaneState Read(Hash32 word, Hash32 rollingHash) =>
        new(new Sequence(BinaryPrimitives.ReadUInt64BigEndian(word.ToArray().AsSpan(SequenceAt))), rollingHash);

    private static Hash32 After(Hash32 slot)
    {
        var bytes = slot.ToArray();
        for (var i = bytes.Length - 1; i >= 0 && ++bytes[i] == 0; i--)
        {
            // The carry goes on to the next digit.
        }
        return new Hash32(bytes);
    }
}
