namespace Bridge.Core.Tests;

public class FeeSettingTests
{
    private static readonly MinimumFees Hundred = new(100, 100, 100, 100, 100);

    [Fact]
    public void Fees_cover_a_delivery_alone_and_each_unit_of_gas_and_byte_of_a_call()
    {
        // 2 gwei on a chain whose coin is worth 2,500 dollars of 6 decimals, and 10^12 wei for the data.
        var fees = FeeSetting.Covering(2_000_000_000, 1_000_000_000_000, 2_500_000_000);

        fees.ShouldBe(new MinimumFees(567_500, 567_500, 567_500, 5, 200));
    }

    [Theory]
    [InlineData(100, 120, 20, false)]
    [InlineData(100, 121, 20, true)]
    [InlineData(100, 80, 20, false)]
    [InlineData(100, 79, 20, true)]
    [InlineData(3, 4, 20, true)]
    [InlineData(0, 0, 20, false)]
    [InlineData(0, 1, 1000, true)]
    [InlineData(199, 298, 50, false)]
    [InlineData(199, 299, 50, true)]
    public void Fees_have_moved_when_one_of_them_is_more_than_the_share_away(ulong from, ulong to, int percent, bool moved)
    {
        var all = new MinimumFees(from, from, from, from, from);
        foreach (var one in new[] { all with { Transfer = to }, all with { TransferTo = to }, all with { CallBase = to }, all with { CallPerGas = to }, all with { CallPerByte = to } })
            FeeSetting.HasMoved(all, one, percent).ShouldBe(moved);
    }

    [Fact]
    public void The_largest_fee_is_compared_as_any_other()
    {
        var most = Hundred with { Transfer = UInt128.MaxValue };

        FeeSetting.HasMoved(most, Hundred, 20).ShouldBeTrue();
        FeeSetting.HasMoved(most, most, 1).ShouldBeFalse();
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 10)]
    [InlineData(500, 500)]
    [InlineData(1001, 1000)]
    public void Fees_are_kept_within_their_bounds(ulong wanted, ulong kept)
    {
        var bounds = new FeeBounds(new MinimumFees(10, 10, 10, 10, 10), new MinimumFees(1000, 1000, 1000, 1000, 1000));

        FeeSetting.Within(new MinimumFees(wanted, wanted, wanted, wanted, wanted), bounds).ShouldBe(new MinimumFees(kept, kept, kept, kept, kept));
    }

    [Fact]
    public void A_transfer_s_fee_is_rounded_to_what_a_Bridge_keeps_and_never_below_its_bound()
    {
        var exact = (UInt128)1 << 60;
        var open = new FeeBounds(new MinimumFees(0, 0, 0, 0, 0), new MinimumFees(UInt128.MaxValue, UInt128.MaxValue, UInt128.MaxValue, UInt128.MaxValue, UInt128.MaxValue));
        var odd = new MinimumFees(exact + 1, exact + 1, exact + 1, exact + 1, exact + 1);

        FeeSetting.Within(odd, open).ShouldBe(odd with { Transfer = exact, TransferTo = exact });
        FeeSetting.Within(odd, open with { Lowest = odd }).Transfer.ShouldBe(exact + ((UInt128)1 << 25));
    }
}
