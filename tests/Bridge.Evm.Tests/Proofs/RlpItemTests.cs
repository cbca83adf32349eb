using Bridge.Core;

namespace Bridge.Evm.Tests;

public class RlpItemTests
{
    [Theory]
    [InlineData("0x80", "")]
    [InlineData("0x7f", "7f")]
    [InlineData("0x8180", "80")]
    [InlineData("0x83646f67", "646f67")]
    public void Bytes_are_read(string encoded, string text) => Convert.ToHexStringLower(RlpItem.Decode(Hex.Parse(encoded)).Text).ShouldBe(text);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var random = new Random(5);
        foreach (var length in new[] { 0, 1, 2, 55, 56, 57, 255, 256, 70_000 })
        {
            var text = new byte[length];
            random.NextBytes(text);
            var list = RlpItem.Decode(Rlp.List(Rlp.Bytes(text), Rlp.List(), Rlp.Number(length)));
            list.Items.Count.ShouldBe(3);
            list.Items[0].Text.ShouldBe(text);
            list.Items[1].Items.ShouldBeEmpty();
            list.Items[2].Encoded.ToArray().ShouldBe(Rlp.Number(length));
        }
    }

    [Theory]
    [InlineData("0x", "missing")]
    [InlineData("0x8100", "a prefix that it does not need")]
    [InlineData("0x817f", "a prefix that it does not need")]
    [InlineData("0x81", "ends after")]
    [InlineData("0x83646f", "ends after")]
    [InlineData("0x8080", "follow the item")]
    [InlineData("0xb80100", "short length is written in the long form")]
    [InlineData("0xb90038", "starts with zero")]
    [InlineData("0xb8", "a length is missing")]
    [InlineData("0xbfffffffffffffffff", "too long")]
    [InlineData("0xc281", "ends after")]
    [InlineData("0xf80180", "short length is written in the long form")]
    public void Any_other_than_the_shortest_whole_form_is_refused(string encoded, string why) =>
        Should.Throw<RlpException>(() => RlpItem.Decode(Hex.Parse(encoded))).Message.ShouldContain(why);

    [Fact]
    public void Lists_that_nest_without_end_are_refused_before_the_stack_is_full()
    {
        byte[] nested = [0xc0];
        for (var i = 0; i < 5_000; i++) nested = Rlp.List(nested);
        Should.Throw<RlpException>(() => RlpItem.Decode(nested)).Message.ShouldContain("deeper");
    }
}
