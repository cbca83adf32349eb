using System.Diagnostics.CodeAnalysis;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Bridge.Core;

/// <summary>Why bytes are not a message.</summary>
public enum WireFault { None, UnknownKind, Truncated, Trailing, FeeAboveAmount }

/// <summary>The packed big-endian wire form, version 1. <c>contracts/MESSAGE.md</c> holds the table of offsets.</summary>
public static class MessageCodec
{
    public const int TransferLength = 57;
    public const int TransferToLength = 77;

    private const int AssetAt = 1, RecipientAt = 5, AmountAt = 25, FeeAt = 41, SenderAt = 57;

    public static byte[] Encode(Message message)
    {
        var wire = new byte[message.Kind is MessageKind.Transfer ? TransferLength : TransferToLength];
        wire[0] = (byte)message.Kind;
        WriteUInt32BigEndian(wire.AsSpan(AssetAt), message.Asset.Value);
        message.Recipient.CopyTo(wire.AsSpan(RecipientAt));
        WriteUInt128BigEndian(wire.AsSpan(AmountAt), message.Amount);
        WriteUInt128BigEndian(wire.AsSpan(FeeAt), message.Fee);
        if (message.Kind is MessageKind.TransferTo) message.Sender.CopyTo(wire.AsSpan(SenderAt));
        return wire;
    }

    /// <summary>Exactly one message, every byte consumed. Never throws on untrusted bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> wire, [NotNullWhen(true)] out Message? message, out WireFault fault)
    {
        if (!TryReadFirst(wire, out message, out var length, out fault)) return false;
        if (length == wire.Length) return true;
        message = null;
        fault = WireFault.Trailing;
        return false;
    }

    /// <summary>The message at the start of <paramref name="wire"/>; <paramref name="length"/> says how many bytes it takes.</summary>
    public static bool TryReadFirst(
        ReadOnlySpan<byte> wire, [NotNullWhen(true)] out Message? message, out int length, out WireFault fault)
    {
        message = null;
        length = 0;
        fault = WireFault.Truncated;
        if (wire.IsEmpty) return false;

        var kind = (MessageKind)wire[0];
        length = kind switch { MessageKind.Transfer => TransferLength, MessageKind.TransferTo => TransferToLength, _ => 0 };
        if (length == 0)
        {
            fault = WireFault.UnknownKind;
            return false;
        }
        if (wire.Length < length) return false;

        var recipient = new Address(wire.Slice(RecipientAt, Address.Length));
        var sender = kind is MessageKind.Transfer ? recipient : new Address(wire.Slice(SenderAt, Address.Length));
        var amount = ReadUInt128BigEndian(wire[AmountAt..]);
        var fee = ReadUInt128BigEndian(wire[FeeAt..]);
        if (fee > amount)
        {
            fault = WireFault.FeeAboveAmount;
            return false;
        }

        message = new Message(kind, new AssetId(ReadUInt32BigEndian(wire[AssetAt..])), recipient, amount, fee, sender);
        fault = WireFault.None;
        return true;
    }
}
