using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Watch;

namespace Bridge.SystemTests;

public class LaneFoldTests
{
    private static readonly Lane Lane = new(new ChainId(1), new ChainId(2));
    private static readonly Hash32 LaneId = RollingHash.LaneId(Lane, new Address(new byte[20]), new Address(new byte[20]));
    private static readonly LaneState Empty = new(Sequence.None, LaneId);
    private static readonly IReadOnlyList<MessageSent> Sent = Chain(3);

    [Fact]
    public void Events_that_continue_the_lane_are_folded() =>
        LaneFold.Extend(Lane, Empty, Sent).ShouldBe(new LaneState(new Sequence(3), Sent[2].RollingHash));

    [Fact]
    public void A_missing_event_shows_as_a_hole() =>
        Should.Throw<LyingSourceException>(() => LaneFold.Extend(Lane, Empty, [Sent[0], Sent[2]])).Message.ShouldContain("message 3 follows 1, expected 2");

    [Fact]
    public void A_doubled_event_shows() => Should.Throw<LyingSourceException>(() => LaneFold.Extend(Lane, Empty, [Sent[0], Sent[0]]));

    [Fact]
    public void A_changed_byte_shows()
    {
        var wire = (byte[])Sent[1].Wire.Clone();
        wire[^1] ^= 1;
        Should.Throw<LyingSourceException>(() => LaneFold.Extend(Lane, Empty, [Sent[0], Sent[1] with { Wire = wire }, Sent[2]])).Message.ShouldContain("message 2 folds to");
    }

    [Fact]
    public void What_the_contract_does_not_hold_is_not_believed()
    {
        var folded = LaneFold.Extend(Lane, Empty, Sent);
        Should.NotThrow(() => LaneFold.Confirm(Lane, folded, folded, 9));
        Should.Throw<LyingSourceException>(() => LaneFold.Confirm(Lane, folded, folded with { Sequence = new Sequence(4) }, 9)).Message.ShouldContain("block 9");
        Should.Throw<LyingSourceException>(() => LaneFold.Confirm(Lane, folded, folded with { RollingHash = LaneId }, 9));
        // The last event hidden: nothing but the contract tells.
        Should.Throw<LyingSourceException>(() => LaneFold.Confirm(Lane, LaneFold.Extend(Lane, Empty, [.. Sent.Take(2)]), folded, 9));
    }

    private static List<MessageSent> Chain(int count)
    {
        var sent = new List<MessageSent>();
        var hash = LaneId;
        for (var i = 1; i <= count; i++)
        {
            var account = new Address([.. new byte[19], (byte)i]);
            var wire = MessageCodec.Encode(Message.Transfer(new AssetId(1), account, account, (UInt128)(100 * i), 1));
            hash = RollingHash.Fold(hash, wire);
            var log = new LogEntry(account, [], [], new BlockRef(5, LaneId), LaneId, (uint)i);
            sent.Add(new MessageSent(log, Lane.Destination, new Sequence((ulong)i), account, hash, wire));
        }
        return sent;
    }
}
