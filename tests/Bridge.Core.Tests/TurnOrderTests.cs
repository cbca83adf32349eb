namespace Bridge.Core.Tests;

public class TurnOrderTests
{
    private static Address Account(byte n) => new([.. new byte[19], n]);

    private static Hash32 At(byte n) => new([0, 0, 0, n, .. new byte[28]]);

    [Fact]
    public void Of_several_exactly_one_goes_at_once_and_the_others_follow_turn_by_turn()
    {
        var all = new[] { Account(3), Account(1), Account(2) };
        for (byte n = 0; n < 50; n++)
            all.Select(me => TurnOrder.Wait(At(n), all, me)).Order().ShouldBe([TimeSpan.Zero, TurnOrder.Turn, 2 * TurnOrder.Turn]);
    }

    [Fact]
    public void Each_is_first_in_its_turn() =>
        Enumerable.Range(0, 6).Select(n => TurnOrder.Wait(At((byte)n), [Account(1)], Account(2)) == TimeSpan.Zero).ShouldBe([false, true, false, true, false, true]);

    [Fact]
    public void Who_is_alone_never_waits() => TurnOrder.Wait(At(7), [], Account(1)).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Strangers_who_deliver_cannot_make_anybody_wait_for_long()
    {
        var many = Enumerable.Range(1, 200).Select(n => Account((byte)n)).ToList();
        many.Max(me => TurnOrder.Wait(At(1), many, me)).ShouldBe((TurnOrder.MaxExecutors - 1) * TurnOrder.Turn);
    }
}
