using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class CallVectorTests
{
    [Fact]
    public void Calldata_of_the_bridge_and_tokens_is_what_ethers_and_viem_write()
    {
        foreach (var vector in Cases("call", 51)) Hex.Format(Calldata(vector.Text("name"), vector.GetProperty("args"))).ShouldBe(vector.Text("data"));
    }

    [Fact]
    public void Logs_that_ethers_writes_decode_to_their_arguments()
    {
        foreach (var vector in Cases("event", 40))
        {
            var topics = vector.GetProperty("topics").EnumerateArray().Select(t => Hash32.Parse(t.GetString()!)).ToArray();
            var log = new LogEntry(default, topics, vector.Bytes("data"), default, default, 0);
            BridgeEvents.TryDecode(log, out var decoded).ShouldBeTrue();
            decoded!.Log.ShouldBeSameAs(log);
            decoded.GetType().Name.ShouldBe(vector.Text("name"));
            var expected = vector.GetProperty("args").EnumerateArray().Select(a => a.GetString()!.ToLowerInvariant());
            Fields(decoded).Select(f => f.ToLowerInvariant()).ShouldBe(expected);
        }
    }

    [Fact]
    public void Revert_data_that_ethers_writes_is_put_in_words()
    {
        var words = Cases("error", 7).Select(vector => RevertReason.Describe(vector.Text("data"))).ToArray();
        words[0].ShouldBe("WrongEpoch(3, 4)");
        words[1].ShouldBe("StillHeld(7)");
        words[2].ShouldStartWith("RecipientRefused(0x");
        words[3].ShouldBe("not enough");
        words[4].ShouldBe("");
        words[5].ShouldBe("panic 0x11, arithmetic overflow");
        words[6].ShouldBe("panic 153");
    }

    [Fact]
    public void Selectors_and_topics_are_those_of_ethers_and_viem()
    {
        foreach (var vector in Cases("selector", 5))
        {
            var signature = vector.Text("signature");
            Hex.Format(new AbiFunction(signature).Selector).ShouldBe(vector.Text("selector"));
            new AbiEvent(signature, 0).Topic.ToString().ShouldBe(vector.Text("topic"));
        }
    }

    private static JsonElement[] Cases(string kind, int count)
    {
        var cases = VectorFile.Cases("calls", atLeast: 99).Where(v => v.Text("kind") == kind).ToArray();
        cases.Length.ShouldBe(count);
        return cases;
    }

    private static byte[] Calldata(string name, JsonElement args)
    {
        ulong U64(int i) => ulong.Parse(args[i].GetString()!, CultureInfo.InvariantCulture);
        UInt128 U128(int i) => UInt128.Parse(args[i].GetString()!, CultureInfo.InvariantCulture);
        Address Account(int i) => Address.Parse(args[i].GetString()!);
        Hash32 Hash(int i) => Hash32.Parse(args[i].GetString()!);
        byte[] Data(int i) => Hex.Parse(args[i].GetString()!);
        BigInteger Big(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

        return name switch
        {
            "send" => BridgeContract.EncodeSend(new ChainId(U64(0)), new AssetId((uint)U64(1)), Account(2), U128(3), U128(4)),
            "deliver" => BridgeContract.EncodeDeliver(Hash(0), new Sequence(U64(1)), Data(2), new Certificate(
                new Epoch(ulong.Parse(args[3][0].GetString()!, CultureInfo.InvariantCulture)), Big(args[3][1].GetString()!), Hex.Parse(args[3][2].GetString()!))),
            "retry" => BridgeContract.EncodeRetry(Hash(0), new Sequence(U64(1)), Data(2)),
            "approve" => TokenContract.EncodeApprove(Account(0), Big(args[1].GetString()!)),
            _ => throw new InvalidOperationException(name),
        };
    }

    private static string[] Fields(BridgeEvent decoded) => decoded switch
    {
        MessageSent e => [$"{e.Destination}", $"{e.Sequence}", $"{e.Sender}", $"{e.RollingHash}", Hex.Format(e.Wire)],
        MessagesDelivered e => [$"{e.LaneId}", $"{e.First}", $"{e.Last}", $"{e.RollingHash}", $"{e.Deliverer}"],
        MessageDeferred e => [$"{e.LaneId}", $"{e.Sequence}", $"{e.MessageHash}", $"{e.HeldUntil}", Hex.Format(e.Reason)],
        MessageRetried e => [$"{e.LaneId}", $"{e.Sequence}", $"{e.Caller}"],
        MessageRefunded e => [$"{e.LaneId}", $"{e.Sequence}", $"{e.Return}", $"{e.Caller}"],
        _ => throw new InvalidOperationException(),
    };
}
