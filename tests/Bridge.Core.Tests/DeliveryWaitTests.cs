namespace Bridge.Core.Tests;

public class DeliveryWaitTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(99ul, 0, true)] // earns less than it costs
    [InlineData(100ul, 0, false)]
    [InlineData(0ul, 59, true)]
    [InlineData(0ul, 60, false)] // nobody starves
    [InlineData(null, 0, false)] // nobody says what it is worth
    public void A_delivery_that_does_not_pay_waits_and_never_longer_than_stated(ulong? earns, int waited, bool waits) =>
        (DeliveryWait.Reason(earns, 100, TimeSpan.FromSeconds(waited), Longest) is not null).ShouldBe(waits);
}
