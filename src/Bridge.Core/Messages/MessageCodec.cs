using System.Diagnostics.CodeAnalysis;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Bridge.Core;

/// <summary>Why bytes are not a message.</summary>
public enum WireFault { None, Empty, UnknownKind, Truncated, TrailingBytes, FeeAboveAmount }

/// <summary>The packed big-endian wire form, version 1. <c>contracts/MESSAGE.md</c> holds the table of offsets.</summary>
public static class MessageCodec
{
    public const int TransferLength = 57;
    public const int TransferToLength = 77;
    public const int CallHeaderLength = 84;
    public const int MaxPayload = (1 << 24) - 1;

    private const int AssetAt = 1, RecipientAt = 5, AmountAt = 25, FeeAt = 41, SenderAt = 57, GasLimitAt = 77, PayloadLengthAt = 81;

    /// <exception cref="ArgumentException">The payload of a call is missing or above <see cref="MaxPayload"/>.</exception>
    public static byte[] Encode(Message message)
    {
        var wire = new byte[Length(message)];
        wire[0] = (byte)message.Kind;
        WriteUInt32BigEndian(wire.AsSpan(AssetAt), message.Asset.Value);
        message.Recipient.CopyTo(wire.AsSpan(RecipientAt));
        WriteUInt128BigEndian(wire.AsSpan(AmountAt), message.Amount);
        WriteUInt128BigEndian(wire.AsSpan(FeeAt), message.Fee);
        if (message.Kind is not MessageKind.Transfer) message.Sender.CopyTo(wire.AsSpan(SenderAt));
        if (message.Call is { } call)
        {
            WriteUInt32BigEndian(wire.AsSpan(GasLimitAt), call.GasLimit);
            WriteUInt24(wire.AsSpan(PayloadLengthAt), call.Payload.Length);
            call.Payload.CopyTo(wire.AsSpan(CallHeaderLength));
        }
        return wire;
    }

    /// <summary>Exactly one message, every byte consumed. Never throws on untrusted bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> wire, [NotNullWhen(true)] out Message? message, out WireFault fault)
    {
        if (!TryReadFirst(wire, out message, out var length, out fault)) return false;
        if (length == wire.Length) return true;
        message = null;
        fault = WireFault.TrailingBytes;
        return false;
    }

    /// <summary>The message at the start of <paramref name="wire"/>; <paramref name="length"/> says how many bytes it takes.</summary>
    public static bool TryReadFirst(
        ReadOnlySpan<byte> wire, [NotNullWhen(true)] out Message? message, out int length, out WireFault fault)
    {
        message = null;
        length = 0;
        fault = FrameFault(wire, out length);
        if (fault is not WireFault.None) return false;

        var kind = (MessageKind)wire[0];
        var recipient = new Address(wire.Slice(RecipientAt, Address.Length));
        var sender = kind is MessageKind.Transfer ? recipient : new Address(wire.Slice(SenderAt, Address.Length));
        var amount = ReadUInt128BigEndian(wire[AmountAt..]);
        var fee = ReadUInt128BigEndian(wire[FeeAt..]);
        if (fee > amount)
        {
            fault = WireFault.FeeAboveAmount;
            return false;
        }

        var call = kind is MessageKind.Call ? new CallData(ReadUInt32BigEndian(wire[GasLimitAt..]), wire[CallHeaderLength..length].ToArray()) : null;
        message = new Message(kind, new AssetId(ReadUInt32BigEndian(wire[AssetAt..])), recipient, amount, fee, sender, call);
        return true;
    }

    /// <summary>The asset that a message moves; null of one with an amount of 0.</summary>
    /// <exception cref="ArgumentException">The bytes do not begin with a message.</exception>
    public static AssetId? Moves(ReadOnlySpan<byte> wire)
    {
        if (FrameFault(wire, out _) is not WireFault.None and var fault) throw new ArgumentException($"not a message: {fault}", nameof(wire));
        return ReadUInt128BigEndian(wire[AmountAt..]) == 0 ? null : new AssetId(ReadUInt32BigEndian(wire[AssetAt..]));
    }

    private static WireFault FrameFault(ReadOnlySpan<byte> wire, out int length)
    {
        length = 0;
        if (wire.IsEmpty) return WireFault.Empty;
        length = (MessageKind)wire[0] switch
        {
            MessageKind.Transfer => TransferLength,
            MessageKind.TransferTo => TransferToLength,
            MessageKind.Call => CallHeaderLength + (wire.Length < CallHeaderLength ? 0 : ReadUInt24(wire[PayloadLengthAt..])),
            _ => 0,
        };
        if (length == 0) return WireFault.UnknownKind;
        return wire.Length < length ? WireFault.Truncated : WireFault.None;
    }

    private static int Length(Message message) => message switch
    {
        { Kind: MessageKind.Transfer, Call: null } => TransferLength,
        { Kind: MessageKind.TransferTo, Call: null } => TransferToLength,
        { Kind: MessageKind.Call, Call.Payload.Length: <= MaxPayload } => CallHeaderLength + message.Call.Payload.Length,
        _ => throw new ArgumentException($"A message of kind {message.Kind} cannot have this call.", nameof(message)),
    };

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];

    private static void WriteUInt24(Span<byte> bytes, int value)
    {
        bytes[0] = (byte)(value >> 16);
        bytes[1] = (byte)(value >> 8);
        bytes[2] = (byte)value;
    }
}
