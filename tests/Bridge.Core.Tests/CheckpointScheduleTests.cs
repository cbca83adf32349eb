namespace Bridge.Core.Tests;

public class CheckpointScheduleTests
{
    private const int Transfer = 57;

    private static PlacedMessage At(ulong sequence, ulong height, int length = Transfer, uint gas = 0) => new(new Sequence(sequence), height, length, gas);

    private static List<PlacedMessage> Block(ulong height, ulong first, int count, int length = Transfer, uint gas = 0) =>
        [.. Enumerable.Range(0, count).Select(i => At(first + (ulong)i, height, length, gas))];

    private static string Due(int attested, params IEnumerable<PlacedMessage>[] blocks) =>
        string.Join(',', CheckpointSchedule.Due(new Sequence((ulong)attested), [.. blocks.SelectMany(b => b)]));

    [Theory]
    [InlineData(0, 5, "5")]
    [InlineData(5, 5, "")]
    [InlineData(0, 127, "127")]
    [InlineData(0, 128, "128")]
    [InlineData(0, 300, "128,256,300")]
    [InlineData(128, 300, "256,300")]
    public void Every_multiple_of_the_stride_and_the_end_of_the_block_are_due(int attested, int count, string due) =>
        Due(attested, Block(7, 1, count)).ShouldBe(due);

    [Fact]
    public void Every_end_of_a_block_is_due_so_that_validators_who_look_at_other_times_sign_the_same() =>
        Due(3, Block(7, 1, 3), Block(8, 4, 2), Block(10, 6, 1)).ShouldBe("5,6");

    [Fact]
    public void Calls_that_do_not_fit_into_one_transaction_are_split_before_the_one_too_many() =>
        Due(0, Block(7, 1, 5, 84, 5_000_000), Block(8, 6, 1)).ShouldBe("2,4,5,6");

    [Fact]
    public void Long_payloads_are_split_as_well() => Due(0, Block(7, 1, 4, 40_000, 1)).ShouldBe("2,4");

    [Fact]
    public void One_that_is_larger_than_any_run_stands_alone() =>
        Due(0, [At(1, 7)], [At(2, 7, 84, 20_000_000)], [At(3, 7)]).ShouldBe("1,2,3");

    [Fact]
    public void A_run_starts_anew_with_its_block()
    {
        var before = Due(0, Block(7, 1, 1, 84, 5_000_000), Block(8, 2, 3, 84, 5_000_000));
        before.ShouldBe("1,3,4");
        Due(0, Block(8, 2, 3, 84, 5_000_000)).ShouldBe("3,4");
    }

    [Fact]
    public void Who_is_far_behind_skips_ends_of_older_blocks_and_nothing_else()
    {
        var blocks = Enumerable.Range(1, 1000).Select(i => At((ulong)i, (ulong)i)).ToList();
        var due = CheckpointSchedule.Due(Sequence.None, blocks).Select(s => (int)s.Value).ToList();
        // 1000 less the 7 multiples are ends of blocks only; the newest 256 of them stay.
        due.Count.ShouldBe(7 + CheckpointSchedule.MaxBlockEnds);
        due.ShouldContain(128);
        due.ShouldNotContain(1);
        due.ShouldContain(1000);
        due.ShouldBeInOrder();
    }

    [Fact]
    public void Whatever_is_sent_no_run_is_more_than_a_transaction_can_deliver_and_all_name_the_same_points()
    {
        var random = new Random(20261125);
        for (var round = 0; round < 300; round++)
        {
            var lane = RandomLane(random);
            var points = CheckpointSchedule.Due(Sequence.None, lane);
            points[^1].ShouldBe(lane[^1].Sequence);
            AssertFits(lane, points);
            var attested = points[random.Next(points.Count)];
            var from = lane.FindIndex(m => m.Height == lane.Find(n => n.Sequence == attested).Height);
            CheckpointSchedule.Due(attested, lane[from..]).ShouldBe(points.Where(p => p > attested));
        }
    }

    private static List<PlacedMessage> RandomLane(Random random)
    {
        var (lane, height) = (new List<PlacedMessage>(), 1UL);
        var count = random.Next(1, 200);
        for (ulong sequence = 1; sequence <= (ulong)count; sequence++)
        {
            if (random.Next(40) == 0) height++;
            var isCall = random.Next(2) == 0;
            lane.Add(isCall ? At(sequence, height, 84 + random.Next(32 * 1024), (uint)random.Next(5_000_000)) : At(sequence, height));
        }
        return lane;
    }

    private static void AssertFits(List<PlacedMessage> lane, IReadOnlyList<Sequence> points)
    {
        var first = 0;
        foreach (var point in points)
        {
            var last = lane.FindIndex(m => m.Sequence == point);
            var run = lane[first..(last + 1)];
            first = last + 1;
            if (run.Count == 1) continue;
            run.Count.ShouldBeLessThanOrEqualTo((int)CheckpointSchedule.Stride);
            run.Sum(m => m.Length).ShouldBeLessThanOrEqualTo(CheckpointSchedule.MaxRunBytes);
            run.Sum(m => 60_000L + (40L * m.Length) + m.GasLimit).ShouldBeLessThanOrEqualTo((long)CheckpointSchedule.MaxRunGas);
        }
    }
}
