using Bridge.Relayer.Watch;

namespace Bridge.SystemTests;

public sealed class ReadingPaceTests
{
    [Fact]
    public void Empty_blocks_are_read_in_ever_longer_ranges_up_to_the_most()
    {
        var pace = new ReadingPace(() => 20);
        var (read, ends) = (0UL, new List<ulong>());
        for (; read < 60; pace.Read(0)) ends.Add(read = pace.Next(read, 60));
        ends.ShouldBe([4UL, 12, 28, 48, 60]);
    }

    [Fact]
    public void Full_blocks_are_read_in_ever_shorter_ranges_down_to_one()
    {
        var pace = new ReadingPace(() => 2000);
        var (read, ends) = (0UL, new List<ulong>());
        for (var i = 0; i < 4; i++, pace.Read(ReadingPace.Many + 1)) ends.Add(read = pace.Next(read, 1000));
        ends.ShouldBe([4UL, 6, 7, 8]);
    }

    [Fact]
    public void What_the_configuration_lowers_meanwhile_counts_at_once()
    {
        var most = 100;
        var pace = new ReadingPace(() => most);
        for (var i = 0; i < 10; i++) pace.Read(0);
        pace.Next(0, 1000).ShouldBe(100UL);
        most = 7;
        pace.Next(0, 1000).ShouldBe(7UL);
    }
}
