using System.Buffers.Binary;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Where a Bridge stores its lanes, as contracts/src/BridgeState.sol has it. `_outbound` is a mapping from the destination's id to the lane word and, one slot
/// above, the rolling hash; `_inbound` one from the lane's id to the rolling hash. Tests hold this to the views of a real Bridge.
/// </summary>
public static class LaneSlots
{
    private const ulong OutboundMapping = 6;
    private const ulong InboundMapping = 7;

    /// <summary>Bytes of the lane word that hold the sequence, behind the remote Bridge's address.</summary>
    private const int SequenceAt = 20;

    /// <summary>The lane word's slot, and the rolling hash's.</summary>
    public static IReadOnlyList<Hash32> Of(ChainId destination)
    {
        var slot = new AbiWords().Add(destination.Value).Add(OutboundMapping).Hash();
        return [slot, After(slot)];
    }

    /// <summary>The slot of the rolling hash of the last message that a lane has delivered here.</summary>
    /// <param name="lane">Its id.</param>
    public static Hash32 Inbound(Hash32 lane) => new AbiWords().Add(lane).Add(InboundMapping).Hash();

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
