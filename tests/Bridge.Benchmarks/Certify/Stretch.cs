using System.Text;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Benchmarks.Certify;

/// <summary>A lane's messages of one final block, as a node answers eth_getLogs, and what the rest of the world holds of them.</summary>
/// <param name="Answer">The JSON of the logs.</param>
/// <param name="Before">What was known of the lane.</param>
/// <param name="After">What the source's contract holds at that block.</param>
/// <param name="Others">The other validators' attestations: one fewer than a quorum needs.</param>
internal sealed record Stretch(Lane Lane, Hash32 LaneId, byte[] Answer, LaneState Before, LaneState After, IReadOnlyList<Attestation> Others)
{
    private static readonly AbiType Data = AbiType.Parse("(bytes32,bytes)");

    /// <param name="count">Messages, at least 1.</param>
    public static Stretch Make(SyntheticBridge bridge, Lane lane, LaneState before, int count)
    {
        var laneId = RollingHash.LaneId(lane, bridge.Contract, bridge.Contract);
        var block = Keccak256.Hash($"block of {lane} at {before.Sequence}");
        var (text, state) = (new StringBuilder("["), before);
        for (var n = 0; n < count; n++)
        {
            var sequence = state.Sequence.Next();
            var wire = MessageCodec.Encode(SyntheticBridge.Message(sequence));
            state = new LaneState(sequence, RollingHash.Fold(state.RollingHash, wire));
            text.Append(n == 0 ? "" : ",").Append(Log(bridge, lane, state, wire, block, n));
        }
        var checkpoint = new Checkpoint(laneId, state.Sequence, state.RollingHash);
        var digest = checkpoint.Digest(bridge.Domain(lane), bridge.Set.Epoch);
        var others = bridge.Signers.Skip(1).Take(bridge.Set.Threshold - 1).Select(signer => new Attestation(lane, checkpoint, bridge.Set.Epoch, signer.Sign(digest)));
        return new Stretch(lane, laneId, Encoding.UTF8.GetBytes(text.Append(']').ToString()), before, state, [.. others]);
    }

    private static string Log(SyntheticBridge bridge, Lane lane, LaneState state, byte[] wire, Hash32 block, int index) => JsonSerializer.Serialize(new
    {
        address = bridge.Contract.ToString(),
        topics = new[] { BridgeEvents.Sent.Topic.ToString(), Word(lane.Destination.Value), Word(state.Sequence.Value), $"0x{new string('0', 24)}{SyntheticBridge.Message(state.Sequence).Sender.ToString()[2..].ToLowerInvariant()}" },
        data = Hex.Format(AbiEncoder.Encode(Data, new object[] { state.RollingHash, wire })),
        blockNumber = "0x1", blockHash = block.ToString(), transactionHash = Keccak256.Hash($"transaction {state.Sequence}").ToString(), transactionIndex = $"0x{index:x}", logIndex = $"0x{index:x}", removed = false,
    });

    private static string Word(ulong number) => $"0x{number:x64}";
}
