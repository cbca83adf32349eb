using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class AbiTests
{
    private static string Word(string end) => end.PadLeft(64, '0');

    [Theory]
    [InlineData("uint")]
    [InlineData("int")]
    [InlineData("uint7")]
    [InlineData("uint0")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("address payable")]
    [InlineData("uint256[0]")]
    [InlineData("uint256[01]")]
    [InlineData("uint256[-1]")]
    [InlineData("uint256[")]
    [InlineData("(uint256")]
    [InlineData("(uint256,)")]
    [InlineData("(uint256))")]
    [InlineData("()[]")]
    [InlineData("(())")]
    [InlineData("function")]
    [InlineData("")]
    [InlineData(" uint256")]
    public void A_type_that_is_not_canonical_is_refused(string type) => Should.Throw<FormatException>(() => AbiType.Parse(type));

    [Fact]
    public void Types_nested_too_deeply_are_refused() =>
        Should.Throw<FormatException>(() => AbiType.Parse(new string('(', 10_000) + "bool" + new string(')', 10_000))).Message.ShouldContain("nested too deeply");

    [Theory]
    [InlineData("(uint8)", "0100")]
    [InlineData("(uint64)", "10000000000000000")]
    [InlineData("(int8)", "80")]
    [InlineData("(bool)", "2")]
    [InlineData("(address)", "10000000000000000000000000000000000000000")]
    public void A_word_outside_its_type_is_refused(string type, string word) =>
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse(type), Hex.Parse("0x" + Word(word))));

    [Fact]
    public void Padding_that_is_not_zero_is_refused()
    {
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(bytes2)"), Hex.Parse("0x1234" + "01".PadLeft(60, '0'))));
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(bytes)"), Hex.Parse("0x" + Word("20") + Word("1") + "ab01".PadRight(64, '0'))));
    }

    [Fact]
    public void A_string_that_is_not_utf8_is_refused() =>
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(string)"), Hex.Parse("0x" + Word("20") + Word("1") + "ff".PadRight(64, '0')))).Message.ShouldContain("UTF-8");

    [Theory]
    [InlineData("0")]
    [InlineData("40")]
    [InlineData("21")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void An_offset_that_is_not_canonical_is_refused(string offset) =>
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(bytes)"), Hex.Parse("0x" + Word(offset) + Word("0")))).Message.ShouldContain("offset");

    /// <summary>Ten levels of arrays whose elements share one tail: a kilobyte that would mean 10^10 values.</summary>
    [Fact]
    public void Offsets_that_share_a_tail_are_refused()
    {
        var level = Word("2") + Word("40") + Word("40");
        var data = Hex.Parse("0x" + Word("20") + string.Concat(Enumerable.Repeat(level, 10)) + Word("0"));
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(uint8[][][][][][][][][][][])"), data));
    }

    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("80000000")]
    [InlineData("2")]
    public void A_length_beyond_the_data_is_refused(string length)
    {
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(uint256[])"), Hex.Parse("0x" + Word("20") + Word(length) + Word("1"))));
        Should.Throw<AbiException>(() => AbiDecoder.Decode(AbiType.Parse("(bytes)"), Hex.Parse("0x" + Word("20") + Word(length))));
    }

    [Fact]
    public void A_value_that_does_not_fit_its_type_is_refused_when_encoding()
    {
        void Refused(string type, object value) => Should.Throw<AbiException>(() => AbiEncoder.Encode(AbiType.Parse(type), value), type);
        Refused("uint8", 256);
        Refused("uint8", -1);
        Refused("int8", 128);
        Refused("int8", -129);
        Refused("uint256", BigInteger.One << 256);
        Refused("uint256", "1");
        Refused("uint256", 1.0);
        Refused("address", "0x00");
        Refused("bool", 1);
        Refused("bytes4", new byte[3]);
        Refused("bytes", "0x");
        Refused("string", new byte[1]);
        Refused("uint8[]", new byte[1]);
        Refused("uint8[2]", new object[] { 1 });
        Refused("(uint8,bool)", new object[] { 1 });
        Refused("(uint8)", new object?[] { null });
    }

    [Fact]
    public void Every_builtin_integer_and_hash_can_be_given()
    {
        foreach (var one in new object[] { BigInteger.One, 1ul, 1u, 1, 1L, (byte)1, (ushort)1, (UInt128)1 })
            Hex.Format(AbiEncoder.Encode(AbiType.Parse("uint8"), one)).ShouldBe("0x" + Word("1"));
        var hash = Keccak256.Hash([1]);
        AbiEncoder.Encode(AbiType.Parse("bytes32"), hash).ShouldBe(hash.ToArray());
    }

    [Fact]
    public void Events_that_are_not_messages_are_passed_over_and_broken_ones_are_not()
    {
        static LogEntry Log(byte[] data, params Hash32[] topics) => new(default, topics, data, default, default, 0);

        BridgeEvents.TryDecode(Log([], AbiWords.TypeHash("LaneOpened(uint256,address,bytes32,bytes32)")), out var none).ShouldBeFalse();
        none.ShouldBeNull();
        BridgeEvents.TryDecode(Log([]), out _).ShouldBeFalse();

        var one = new Hash32(Hex.Parse("0x" + Word("1")));
        var wide = new Hash32(Hex.Parse("0x" + Word("10000000000000000")));
        BridgeEvents.TryDecode(Log(new byte[32], BridgeEvents.Retried.Topic, one, one), out _).ShouldBeTrue();
        Should.Throw<AbiException>(() => BridgeEvents.TryDecode(Log(new byte[32], BridgeEvents.Retried.Topic, one), out _));
        Should.Throw<AbiException>(() => BridgeEvents.TryDecode(Log(Hex.Parse($"0x{Word("0")}{Word("40")}{Word("0")}"), BridgeEvents.Sent.Topic, wide, one, one), out _)).Message.ShouldContain("no chain id");
        Should.Throw<AbiException>(() => BridgeEvents.TryDecode(Log([], BridgeEvents.Retried.Topic, one, one), out _));
    }

    [Theory]
    [InlineData("0x", "no reason given")]
    [InlineData("0x1234", "unknown error 0x1234")]
    [InlineData("0x12345678", "unknown error 0x12345678")]
    [InlineData("0x08c379a0", "malformed error 0x08c379a0")]
    [InlineData("nonsense", "revert data that is not hex")]
    public void A_revert_without_a_known_reason_says_so(string data, string words) => RevertReason.Describe(data).ShouldStartWith(words);

    [Theory]
    [InlineData("deliver")]
    [InlineData("deliver(uint)")]
    [InlineData("(uint256)")]
    [InlineData("de liver(uint256)")]
    [InlineData("deliver(uint256) returns (bool)")]
    public void A_signature_that_is_not_canonical_is_refused(string signature) => Should.Throw<FormatException>(() => new AbiFunction(signature));
}
