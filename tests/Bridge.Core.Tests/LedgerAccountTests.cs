using System.Numerics;

namespace Bridge.Core.Tests;

public class LedgerAccountTests
{
    private static readonly ChainId Home = new(1), Far = new(2), Third = new(3);

    [Theory]
    [InlineData(false, 10, 4, 6, 0, false)] // what came and did not leave
    [InlineData(false, 10, 4, 5, 0, false)] // somebody burned their own
    [InlineData(false, 10, 4, 7, 1, true)] // minted out of nothing
    [InlineData(false, 4, 10, 0, 6, true)] // more left than ever came
    [InlineData(true, 4, 10, 6, 0, false)]
    [InlineData(true, 4, 10, 7, 0, false)] // a donation
    [InlineData(true, 4, 10, 5, 1, true)] // taken out of the vault
    public void An_account_balances_only_if_messages_explain_it(bool isHome, int arrived, int sent, int held, int unexplained, bool broken)
    {
        var account = Account(isHome, arrived, sent, held, 0);
        account.Unexplained.ShouldBe((BigInteger)unexplained);
        account.IsBroken.ShouldBe(broken);
    }

    [Fact]
    public void What_was_accepted_is_accepted_to_the_unit()
    {
        Account(false, 10, 4, 9, accepted: 3).IsBroken.ShouldBeFalse();
        Account(false, 10, 4, 10, accepted: 3).IsBroken.ShouldBeTrue();
    }

    [Fact]
    public void What_exists_without_origin_may_not_leave_and_a_vault_that_lacks_is_not_drawn_on()
    {
        var minted = Account(false, 0, 0, 1, 0);
        minted.Forbids(new Lane(Far, Home)).ShouldBeTrue();
        minted.Forbids(new Lane(Far, Third)).ShouldBeTrue();
        minted.Forbids(new Lane(Home, Far)).ShouldBeFalse();
        var emptied = Account(true, 0, 5, 4, 0);
        emptied.Forbids(new Lane(Far, Home)).ShouldBeTrue();
        emptied.Forbids(new Lane(Home, Far)).ShouldBeFalse();
    }

    private static LedgerAccount Account(bool isHome, int arrived, int sent, int held, int accepted) => new(isHome ? Home : Far, new AssetId(1), isHome, arrived, sent, held, accepted);
}
