using Bridge.Audit;
using Bridge.Core;

namespace Bridge.SystemTests;

/// <summary>Which validator sets count when, as contracts/src/ValidatorBook.sol decides it.</summary>
public class EpochsTests
{
    private static readonly DateTimeOffset Rotated = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly Epochs Twice = new([new(new Epoch(2), 100, 5, Rotated), new(new Epoch(4), 200, 0, Rotated.AddDays(5))]);

    [Theory]
    [InlineData(1, 50, 0, -10, true)]
    [InlineData(2, 50, 0, -10, false)] // not in force yet
    [InlineData(1, 100, 4, 0, true)] // in the rotation's own block, before it
    [InlineData(2, 100, 4, 0, false)]
    [InlineData(2, 100, 6, 0, true)]
    [InlineData(1, 150, 0, 86399, true)] // the overlap's last second
    [InlineData(1, 150, 0, 86400, false)]
    [InlineData(2, 150, 0, 86400, true)]
    [InlineData(2, 201, 0, 432001, true)] // 3 was cancelled: 2 is the one before 4
    [InlineData(1, 201, 0, 432001, false)]
    [InlineData(3, 201, 0, 432001, false)]
    public void A_set_counts_while_it_is_in_force_and_a_day_longer(ulong epoch, ulong height, uint logIndex, int seconds, bool counts) =>
        Twice.Counts(new Epoch(epoch), height, logIndex, Rotated.AddSeconds(seconds)).ShouldBe(counts);

    [Fact]
    public void An_overlap_that_was_ended_counts_no_longer()
    {
        var ended = new Epochs([new(new Epoch(2), 100, 5, Rotated), new(null, 120, 0, Rotated.AddHours(1))]);
        ended.Counts(new Epoch(1), 119, 0, Rotated.AddMinutes(59)).ShouldBeTrue();
        ended.Counts(new Epoch(1), 121, 0, Rotated.AddMinutes(61)).ShouldBeFalse();
        ended.Counts(new Epoch(2), 121, 0, Rotated.AddMinutes(61)).ShouldBeTrue();
    }
}
