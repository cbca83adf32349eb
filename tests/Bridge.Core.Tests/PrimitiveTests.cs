using System.Text;

namespace Bridge.Core.Tests;

public class PrimitiveTests
{
    // The first three from the Keccak reference (pad10*1, rate 1088); the fourth is the topic of every ERC-20 Transfer.
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("The quick brown fox jumps over the lazy dog", "0x4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    [InlineData("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Keccak_gives_the_known_hash(string text, string hash) =>
        Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToString().ShouldBe(hash);

    [Fact]
    public void Hashes_taken_together_are_those_taken_alone()
    {
        var random = new Random(7);
        var inputs = Enumerable.Range(0, 300).Select(length => { var input = new byte[length]; random.NextBytes(input); return input; }).OrderBy(_ => random.Next()).ToList();
        Keccak256.HashEach(inputs).ShouldBe(inputs.Select(input => Keccak256.Hash(input)));
        Keccak256.HashEach([]).ShouldBeEmpty();
    }

    [Fact]
    public void Messages_folded_together_lead_where_each_by_itself_leads()
    {
        byte[][] wires = [.. Enumerable.Range(1, 11).Select(length => Enumerable.Repeat((byte)length, length * 20).ToArray())];
        var (one, each) = (Keccak256.Hash("lane"), new List<Hash32>());
        foreach (var wire in wires) each.Add(one = RollingHash.Fold(one, wire));
        RollingHash.FoldEach(Keccak256.Hash("lane"), wires).ShouldBe(each);
        RollingHash.Fold(Keccak256.Hash("lane"), wires).ShouldBe(one);
        RollingHash.Fold(one, Array.Empty<byte[]>()).ShouldBe(one);
    }

    // The mixed-case addresses of EIP-55's own text.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void An_address_keeps_its_checksum(string text)
    {
        Address.Parse(text).ToString().ShouldBe(text);
        Address.Parse(text.ToLowerInvariant()).ShouldBe(Address.Parse(text));
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    public void A_mistyped_address_is_refused(string text) => Should.Throw<FormatException>(() => Address.Parse(text)).Message.ShouldContain(text);

    [Fact]
    public void Addresses_are_ordered_as_numbers()
    {
        var ordered = new[] { "0x0000000000000000000000000000000000000001", "0x00000000000000000000000100000000ffffffff", "0x8000000000000000000000000000000000000000", "0xffffffffffffffffffffffffffffffffffffffff" }
            .Select(Address.Parse).ToList();

        ordered.AsEnumerable().Reverse().Order().ShouldBe(ordered);
    }

    [Fact]
    public void The_last_sequence_has_no_successor() => Should.Throw<OverflowException>(() => new Sequence(ulong.MaxValue).Next());

    [Theory]
    [InlineData("finalized", FinalityTag.Finalized, 0ul)]
    [InlineData("safe", FinalityTag.Safe, 0ul)]
    [InlineData("depth:12", FinalityTag.Depth, 12ul)]
    public void A_finality_policy_is_read_and_written(string text, FinalityTag tag, ulong depth)
    {
        FinalityPolicy.TryParse(text, out var policy).ShouldBeTrue();
        policy.ShouldBe(new FinalityPolicy(tag, depth));
        policy.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("latest")]
    [InlineData("depth:0")]
    [InlineData("depth:-1")]
    [InlineData("depth:100001")]
    public void A_policy_without_finality_is_refused(string? text) => FinalityPolicy.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_depth_policy_never_calls_the_newest_blocks_final()
    {
        var policy = new FinalityPolicy(FinalityTag.Depth, 12);
        policy.FinalHeight(100).ShouldBe(88ul);
        policy.FinalHeight(12).ShouldBe(0ul);
        policy.FinalHeight(5).ShouldBe(0ul);
    }
}
