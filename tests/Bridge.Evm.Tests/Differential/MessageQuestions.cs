using System.Globalization;
using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>The wire format, written and read.</summary>
internal static class MessageQuestions
{
    private static readonly AbiFunction EncodeTransfer = new("encode(uint32,address,uint128,uint128,address)", "(bytes)");
    private static readonly AbiFunction EncodeCall = new("encodeCall(uint32,address,uint128,uint128,address,uint32,bytes)", "(bytes)");
    private static readonly AbiFunction DecodeAll =
        new("decode(bytes,bytes32,bytes)", "(bytes32,(uint256,uint32,address,uint256,uint256,address,uint256,bytes)[])");
    private static readonly AbiFunction UnknownKind = new("UnknownKind(uint256,uint256)");
    private static readonly AbiFunction Truncated = new("MessageTruncated(uint256,uint256,uint256)");

    public static Question Encode(Dice dice)
    {
        var message = Message(dice);
        var call = message.Call is { } c
            ? EncodeCall.Encode(message.Asset.Value, message.Recipient, message.Amount, message.Fee, message.Sender, c.GasLimit, c.Payload)
            : EncodeTransfer.Encode(message.Asset.Value, message.Recipient, message.Amount, message.Fee, message.Sender);
        return new Question("message written", call, Hex.Format(MessageCodec.Encode(message)),
            answer => answer.Read(message.Call is null ? EncodeTransfer : EncodeCall, result => Hex.Format((byte[])result[0])));
    }

    /// <summary>Messages one behind the other, as they are or with one of them damaged.</summary>
    public static Question Decode(Dice dice)
    {
        var messages = Enumerable.Range(0, 1 + dice.Length(8)).Select(_ => MessageCodec.Encode(Message(dice))).ToArray();
        ref var one = ref messages[dice.Below(messages.Length)];
        if (!dice.OneIn(3)) one = Damage(dice, one);
        byte[] wire = [.. messages.SelectMany(bytes => bytes)];
        var start = dice.Hash();
        var ours = Read(wire, start, out var verdict);
        return new Question($"message {verdict}", DecodeAll.Encode(wire, start, dice.Bytes(dice.Length(100))), ours, answer => Describe(answer, wire));
    }

    private static Message Message(Dice dice)
    {
        var (asset, sender, amount) = (new AssetId((uint)dice.Number(32)), dice.Account(), dice.Number(128));
        var fee = dice.OneIn(4) ? amount : UInt128.Min(dice.Number(128), amount);
        return dice.Below(3) switch
        {
            0 => Core.Message.Transfer(asset, sender, sender, amount, fee),
            1 => Core.Message.Transfer(asset, sender, dice.Account(), amount, fee),
            _ => new Message(MessageKind.Call, asset, dice.Account(), amount, fee, sender, new CallData((uint)dice.Number(32), dice.Bytes(PayloadLength(dice)))),
        };
    }

    /// <summary>Some need all three bytes of the length.</summary>
    private static int PayloadLength(Dice dice) => dice.OneIn(500) ? 65_536 + dice.Below(10_000) : dice.Length(3_000);

    private static byte[] Damage(Dice dice, byte[] wire)
    {
        var at = dice.Below(wire.Length);
        switch (dice.Below(9))
        {
            case 0: return wire[..(dice.OneIn(4) ? 0 : at)];
            case 1: return [.. wire, .. dice.Bytes(1 + dice.Length(100))];
            case 2: return [.. wire[..at], .. wire[(at + 1)..]];
            case 3: return [.. wire[..at], (byte)dice.Next(), .. wire[at..]];
            case 4: return [(byte)dice.Below(5), .. dice.Bytes(dice.Length(200))];
            case 5: wire[at] ^= (byte)(1 << dice.Below(8)); return wire;
            case 6: wire[0] = dice.Pick<byte>(0, 1, 2, 3, 4, 0x80, 0xff, (byte)dice.Next()); return wire;
            case 7: return SwapAmounts(wire);
            default: if (wire.Length > 83) wire[dice.Pick(81, 82, 83)] = (byte)dice.Next(); return wire;
        }
    }

    private static byte[] SwapAmounts(byte[] wire) => [.. wire[..25], .. wire[41..57], .. wire[25..41], .. wire[57..]];

    /// <summary>The rolling hash, and each message; or the first fault, and where it is.</summary>
    /// <param name="verdict">On the bytes as one message.</param>
    private static string Read(byte[] wire, Hash32 hash, out WireFault verdict)
    {
        var alone = MessageCodec.TryDecode(wire, out _, out verdict);
        if (verdict is WireFault.Empty) return Refusal("NoMessages", alone);
        var lines = new List<string>();
        for (int at = 0, length; at < wire.Length; at += length)
        {
            if (!MessageCodec.TryReadFirst(wire.AsSpan(at), out var message, out length, out var fault)) return Refusal(Name(fault, wire, at, length), alone);
            hash = RollingHash.Fold(hash, wire.AsSpan(at, length));
            lines.Add(Line((byte)message.Kind, message.Asset.Value, message.Recipient, message.Amount, message.Fee, message.Sender,
                message.Call?.GasLimit ?? 0, message.Call?.Payload ?? []));
        }
        return Acceptance(hash.ToArray(), lines, alone);
    }

    /// <summary>The contract's name of a fault.</summary>
    private static string Name(WireFault fault, byte[] wire, int at, int length) => fault switch
    {
        WireFault.UnknownKind => $"UnknownKind {wire[at]} at {at}",
        WireFault.Truncated => TruncatedAt(wire, at, wire.Length - at, length),
        _ => fault.ToString(),
    };

    private static string Describe(Answer answer, byte[] wire)
    {
        if (answer.Accepted)
        {
            var result = DecodeAll.DecodeResult(answer.Data);
            var messages = ((object[])result[1]).Cast<object[]>().ToList();
            return Acceptance((byte[])result[0], messages.Select(m => Line(m[0], m[1], m[2], m[3], m[4], m[5], m[6], (byte[])m[7])), messages.Count == 1);
        }
        return Refusal(answer.Error switch
        {
            "UnknownKind" => UnknownKind.DecodeCall(answer.Data) is var a ? $"UnknownKind {a[1]} at {a[0]}" : "",
            "MessageTruncated" => Truncated.DecodeCall(answer.Data) is var a ? TruncatedAt(wire, Number(a[0]), Number(a[1]), Number(a[2])) : "",
            var other => other,
        }, alone: false);
    }

    private static int Number(object number) => (int)(System.Numerics.BigInteger)number;

    /// <summary>How long a call should be is not known before its length has been read: what the contract names then is made of what lies behind.</summary>
    private static string TruncatedAt(byte[] wire, int at, int given, int needed) =>
        string.Create(CultureInfo.InvariantCulture, $"MessageTruncated at {at}, {given} bytes given, {(wire[at] == 3 && given < 84 ? "some" : needed)} needed");

    private static string Line(object kind, object asset, object recipient, object amount, object fee, object sender, object gasLimit, byte[] payload) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} {asset} {recipient} {amount} {fee} {sender} {gasLimit} {Hex.Format(payload)}");

    /// <param name="alone">Whether the bytes are one message and nothing else.</param>
    private static string Acceptance(byte[] hash, IEnumerable<string> lines, bool alone) => $"{Hex.Format(hash)}\n{string.Join('\n', lines)}\nalone: {alone}";

    private static string Refusal(string fault, bool alone) => $"{fault}\nalone: {alone}";
}
