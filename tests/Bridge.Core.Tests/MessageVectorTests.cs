using System.Globalization;
using System.Text.Json;

namespace Bridge.Core.Tests;

public class MessageVectorTests
{
    public static TheoryData<string> Valid => Vectors.Names("message", "valid");
    public static TheoryData<string> Invalid => Vectors.Names("message", "invalid");

    [Theory, MemberData(nameof(Valid))]
    public void A_message_is_written_and_read_as_the_vector_says(string name)
    {
        var vector = Vectors.Named("message", "valid", name);

        MessageCodec.TryDecode(vector.Bytes("wire"), out var message, out var fault).ShouldBeTrue(fault.ToString());

        Hex.Format(MessageCodec.Encode(Expected(vector))).ShouldBe(vector.Text("wire"));
        var expected = Expected(vector);
        (message! with { Call = null }).ShouldBe(expected with { Call = null });
        message.Call?.GasLimit.ShouldBe(expected.Call!.GasLimit);
        message.Call?.Payload.ShouldBe(expected.Call!.Payload);
        MessageCodec.Moves(vector.Bytes("wire")).ShouldBe(expected.Amount == 0 ? null : expected.Asset);
    }

    [Fact]
    public void What_is_no_message_moves_nothing_unnoticed() => Should.Throw<ArgumentException>(() => MessageCodec.Moves([(byte)MessageKind.Transfer, 0, 0, 0, 7])).Message.ShouldContain("Truncated");

    [Theory, MemberData(nameof(Invalid))]
    public void Bytes_that_are_no_message_are_refused_with_their_reason(string name)
    {
        var vector = Vectors.Named("message", "invalid", name);

        MessageCodec.TryDecode(vector.Bytes("wire"), out var message, out var fault).ShouldBeFalse();

        message.ShouldBeNull();
        fault.ToString().ShouldBe(vector.Text("reason"));
    }

    private static Message Expected(JsonElement vector)
    {
        var kind = (MessageKind)vector.Number("kind");
        var call = kind is MessageKind.Call ? new CallData((uint)vector.Number("gasLimit"), vector.Bytes("payload")) : null;
        return new Message(
            kind, new AssetId((uint)vector.Number("assetId")), vector.Account("recipient"),
            Amount(vector, "amount"), Amount(vector, "fee"), vector.Account("sender"), call);
    }

    private static UInt128 Amount(JsonElement vector, string key) => UInt128.Parse(vector.Text(key), CultureInfo.InvariantCulture);
}
