using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An event of a Bridge contract that moves a message, or says what can be moved.</summary>
public abstract record BridgeEvent(LogEntry Log);

/// <param name="RollingHash">The lane's rolling hash at this sequence, which is the message id.</param>
/// <param name="Wire">The message's exact bytes.</param>
public sealed record MessageSent(LogEntry Log, ChainId Destination, Sequence Sequence, Address Sender, Hash32 RollingHash, byte[] Wire)
    : BridgeEvent(Log);

/// <param name="RollingHash">The lane's rolling hash at the last sequence.</param>
public sealed record MessagesDelivered(LogEntry Log, Hash32 LaneId, Sequence First, Sequence Last, Hash32 RollingHash, Address Deliverer)
    : BridgeEvent(Log);

/// <param name="MessageHash">keccak-256 of the message's bytes, which a retry must present.</param>
/// <param name="HeldUntil">Before when it cannot be retried, in seconds since 1970; 0 unless it is held for its size.</param>
/// <param name="Reason">Revert data of the effect that failed, as far as the contract keeps it.</param>
public sealed record MessageDeferred(LogEntry Log, Hash32 LaneId, Sequence Sequence, Hash32 MessageHash, ulong HeldUntil, byte[] Reason)
    : BridgeEvent(Log);

public sealed record MessageRetried(LogEntry Log, Hash32 LaneId, Sequence Sequence, Address Caller) : BridgeEvent(Log);

/// <param name="Return">The position, in the reverse lane, of the message that brings the amount back.</param>
public sealed record MessageRefunded(LogEntry Log, Hash32 LaneId, Sequence Sequence, Sequence Return, Address Caller) : BridgeEvent(Log);

/// <summary>The Bridge knows an asset from now on.</summary>
public sealed record AssetRegistered(LogEntry Log, AssetId Asset, Address Token) : BridgeEvent(Log);

public static class BridgeEvents
{
    public static readonly AbiEvent Sent = new("MessageSent(uint256,uint64,address,bytes32,bytes)", indexed: 3);
    public static readonly AbiEvent Delivered = new("MessagesDelivered(bytes32,uint64,uint64,bytes32,address)", indexed: 1);
    public static readonly AbiEvent Deferred = new("MessageDeferred(bytes32,uint64,bytes32,uint64,bytes)", indexed: 2);
    public static readonly AbiEvent Retried = new("MessageRetried(bytes32,uint64,address)", indexed: 2);
    public static readonly AbiEvent Refunded = new("MessageRefunded(bytes32,uint64,uint64,address)", indexed: 2);
    public static readonly AbiEvent Registered = new("AssetRegistered(uint32,address,uint8)", indexed: 2);

    /// <summary>False for other events, such as configuration changes.</summary>
    /// <exception cref="AbiException">
    /// The topic is one of ours and the rest is not: this is no Bridge, or another version of it. Passing over such a log would lose a message.
    /// </exception>
    public static bool TryDecode(LogEntry log, [NotNullWhen(true)] out BridgeEvent? decoded)
    {
        decoded = null;
        if (Sent.Matches(log) && Sent.Decode(log) is var s)
            decoded = new MessageSent(log, AbiValue.Chain(s[0]), AbiValue.Sequence(s[1]), (Address)s[2], AbiValue.Hash(s[3]), (byte[])s[4]);
        else if (Delivered.Matches(log) && Delivered.Decode(log) is var d)
            decoded = new MessagesDelivered(log, AbiValue.Hash(d[0]), AbiValue.Sequence(d[1]), AbiValue.Sequence(d[2]), AbiValue.Hash(d[3]), (Address)d[4]);
        else if (Deferred.Matches(log) && Deferred.Decode(log) is var f)
            decoded = new MessageDeferred(log, AbiValue.Hash(f[0]), AbiValue.Sequence(f[1]), AbiValue.Hash(f[2]), AbiValue.Number(f[3]), (byte[])f[4]);
        else if (Retried.Matches(log) && Retried.Decode(log) is var r)
            decoded = new MessageRetried(log, AbiValue.Hash(r[0]), AbiValue.Sequence(r[1]), (Address)r[2]);
        else if (Refunded.Matches(log) && Refunded.Decode(log) is var b)
            decoded = new MessageRefunded(log, AbiValue.Hash(b[0]), AbiValue.Sequence(b[1]), AbiValue.Sequence(b[2]), (Address)b[3]);
        else if (Registered.Matches(log) && Registered.Decode(log) is var a)
            decoded = new AssetRegistered(log, new AssetId((uint)AbiValue.Number(a[0])), (Address)a[1]);
        return decoded is not null;
    }
}

/// <summary>From decoded ABI values to the types of Bridge.Core.</summary>
internal static class AbiValue
{
    /// <exception cref="AbiException">The contract's uint256 chain id is above 2^64 - 1, which no chain has.</exception>
    public static ChainId Chain(object value) => (BigInteger)value is var id && id <= ulong.MaxValue
        ? new ChainId((ulong)id)
        : throw new AbiException($"{value} is no chain id.");

    public static Sequence Sequence(object value) => new(Number(value));

    /// <summary>A uint64.</summary>
    public static ulong Number(object value) => (ulong)(BigInteger)value;

    public static Hash32 Hash(object value) => new((byte[])value);
}
