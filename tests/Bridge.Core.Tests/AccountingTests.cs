namespace Bridge.Core.Tests;

public class AccountingTests
{
    private static readonly ChainId Home = new(1), Far = new(2), Third = new(3);
    private static readonly AssetId Token = new(7);
    private static readonly Dictionary<AssetId, ChainId> Homes = new() { [Token] = Home };

    [Fact]
    public void A_chain_may_send_on_what_came_in()
    {
        Ledger.Overdrafts([Sent(Home, Far, 100), Sent(Far, Third, 60), Sent(Far, Home, 40), Sent(Third, Home, 60)], Homes).ShouldBeEmpty();
    }

    [Fact]
    public void A_chain_that_sends_one_unit_more_than_came_in_is_overdrawn()
    {
        Ledger.Overdrafts([Sent(Home, Far, 100), Sent(Far, Third, 61), Sent(Far, Home, 40)], Homes).ShouldBe([new Overdraft(Far, Token, 1)]);
    }

    [Fact]
    public void The_home_chain_may_send_without_having_received() => Ledger.Overdrafts([Sent(Home, Far, UInt128.MaxValue)], Homes).ShouldBeEmpty();

    [Fact]
    public void An_asset_without_a_known_home_may_be_sent_by_nobody()
    {
        var foreign = new LedgerEntry(new Lane(Home, Far), new AssetId(8), 5);
        Ledger.Overdrafts([foreign], Homes).ShouldBe([new Overdraft(Home, new AssetId(8), 5)]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    [InlineData(10, 11)]
    [InlineData(11, 13)]
    [InlineData(1_000_000_000, 1_100_000_000)]
    public void A_replacement_pays_at_least_a_tenth_more_rounded_up(int fee, int least) => FeeBump.Least((UInt128)fee).ShouldBe((UInt128)least);

    [Fact]
    public void A_replacement_follows_the_market_when_it_rose_further() =>
        FeeBump.Replace(new GasFees(100, 10), new GasFees(300, 40), 1000).ShouldBe(new GasFees(300, 40));

    [Fact]
    public void A_replacement_rises_by_a_tenth_when_the_market_fell() =>
        FeeBump.Replace(new GasFees(100, 10), new GasFees(50, 1), 1000).ShouldBe(new GasFees(110, 11));

    [Fact]
    public void Above_the_cap_nothing_is_replaced()
    {
        FeeBump.Replace(new GasFees(100, 10), new GasFees(50, 1), 109).ShouldBeNull();
        FeeBump.Replace(new GasFees(100, 10), new GasFees(50, 1), 110).ShouldNotBeNull();
    }

    [Fact]
    public void A_chain_that_stands_still_does_not_drive_the_fee_to_the_cap()
    {
        FeeBump.Replace(new GasFees(454, 10), new GasFees(100, 1), 100_000).ShouldBe(new GasFees(500, 11));
        FeeBump.Replace(new GasFees(460, 10), new GasFees(100, 1), 100_000).ShouldBeNull();
    }

    [Fact]
    public void A_delivery_is_refused_above_the_limit_and_beyond_the_balance_and_the_reason_says_what_to_do()
    {
        var cost = DeliveryCost.Of(100, new GasFees(10, 1), data: 500);
        cost.Total.ShouldBe((UInt128)1500);
        cost.Refusal(balance: 1500, cap: 1500).ShouldBeNull();
        cost.Refusal(balance: 1499, cap: 1500).ShouldNotBeNull().ShouldContain("send it coin");
        cost.Refusal(balance: 1500, cap: 1499).ShouldNotBeNull().ShouldContain("MaxCostGwei");
    }

    private static LedgerEntry Sent(ChainId from, ChainId to, UInt128 amount) => new(new Lane(from, to), Token, amount);
}
