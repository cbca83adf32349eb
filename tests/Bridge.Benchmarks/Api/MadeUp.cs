using System.Buffers.Binary;
using Bridge.Core;

namespace Bridge.Benchmarks.Api;

/// <summary>One lane full of transfers, the same in each run: hashes are folded as the contract folds them.</summary>
internal sealed class MadeUp
{
    private const int Accounts = 50_000;

    /// <summary>Messages in one delivery, and in one checkpoint.</summary>
    public const int BatchSize = 16;

    private static readonly DateTimeOffset Newest = DateTimeOffset.UtcNow.AddMinutes(-10);
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    private readonly int _count;
    private readonly ulong? _final;

    /// <param name="bridges">At both ends.</param>
    /// <param name="delivered">The first so many have arrived; those behind are final on their source.</param>
    public MadeUp(Lane lane, DeployedBridges bridges, int count, int delivered)
    {
        (Lane, _count, _final, Delivered) = (lane, count, bridges.Final, delivered);
        LaneId = RollingHash.LaneId(lane, bridges.Contract, bridges.Contract);
        var (ids, last) = (new Hash32[count], LaneId);
        for (var n = 1; n <= count; n++) ids[n - 1] = last = RollingHash.Fold(last, Wire(n));
        Ids = ids;
    }

    public static Address Bridge { get; } = Account(0);

    public static IReadOnlyList<Address> Validators { get; } = [.. Enumerable.Range(1, 4).Select(n => Account(Accounts + n)).Order()];

    public Lane Lane { get; }
    public Hash32 LaneId { get; }
    public int Delivered { get; }
    public int Count => _count;

    /// <summary>By sequence, from 1.</summary>
    public IReadOnlyList<Hash32> Ids { get; }

    public static byte[] Wire(int sequence) => MessageCodec.Encode(Message(sequence));

    /// <summary>One of two goes to somebody else, which is the longer form.</summary>
    public static Message Message(int sequence)
    {
        var sender = Account((sequence * 7919) % Accounts);
        var recipient = sequence % 2 == 0 ? sender : Account((sequence * 104_729L) % Accounts);
        return Core.Message.Transfer(new AssetId(1), sender, recipient, (UInt128)(1_000_000 + (sequence * 37L % 1_000_000_000)), 10_000);
    }

    /// <summary>Of the block that holds it, and of the one in which its batch arrives: none above what is final.</summary>
    public long Height(int sequence) => _final is { } final ? (long)((ulong)sequence * final / (ulong)_count) : sequence;

    /// <summary>When its source's block was made: evenly over the last thirty days.</summary>
    public DateTimeOffset At(int sequence) => Newest - Span + (Span * ((double)sequence / _count));

    public Hash32 Hash(string what, int number)
    {
        Span<byte> seed = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(seed, Lane.Source.Value);
        BinaryPrimitives.WriteUInt64BigEndian(seed[8..], Lane.Destination.Value);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], number);
        BinaryPrimitives.WriteInt32BigEndian(seed[20..], what.Length);
        seed[24] = (byte)what[0];
        return Keccak256.Hash(seed);
    }

    /// <summary>Deliveries of at most sixteen, and their checkpoints.</summary>
    public IEnumerable<(int First, int Last)> Batches()
    {
        for (var first = 1; first <= Delivered; first += BatchSize) yield return (first, Math.Min(first + BatchSize - 1, Delivered));
    }

    private static Address Account(long number)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(seed, number);
        return new Address(Keccak256.Hash(seed).ToArray().AsSpan(12));
    }
}
