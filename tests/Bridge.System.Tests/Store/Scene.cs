using System.Buffers.Binary;
using Bridge.Core;
using Bridge.Store;
using Microsoft.EntityFrameworkCore;

namespace Bridge.SystemTests.Store;

/// <summary>Two chains that no other test uses, a lane between them, and what a watcher would say about them.</summary>
public sealed class Scene
{
    private static int _scenes;

    private readonly StoreFixture _store;
    private readonly List<SentFact> _sent = [];

    private Scene(StoreFixture store, ulong number)
    {
        _store = store;
        Lane = new Lane(new ChainId((number * 10) + 1), new ChainId((number * 10) + 2));
        LaneId = RollingHash.LaneId(Lane, Someone(1), Someone(2));
    }

    public Lane Lane { get; }
    public Hash32 LaneId { get; }
    public IReadOnlyList<SentFact> Sent => _sent;

    /// <summary>Both chains are read up to block 0.</summary>
    public static async Task<Scene> BeginAsync(StoreFixture store)
    {
        var scene = new Scene(store, (ulong)Interlocked.Increment(ref _scenes));
        await store.Directory.SaveLaneAsync(scene.Lane, scene.LaneId, default);
        foreach (var chain in new[] { scene.Lane.Source, scene.Lane.Destination }) await store.Chains.StartAsync(chain, At(chain, 0), default);
        return scene;
    }

    /// <summary>As <see cref="BeginAsync"/>, with messages 1 to <paramref name="count"/> final on the source, one in each block.</summary>
    public static async Task<Scene> FinalAsync(StoreFixture store, int count)
    {
        var scene = await BeginAsync(store);
        await scene.ReadSourceAsync((ulong)count, [.. Enumerable.Range(1, count).Select(n => scene.Send((ulong)n))]);
        await store.Chains.FinalizeAsync(scene.Lane.Source, At(scene.Lane.Source, (ulong)count), default);
        return scene;
    }

    public static Hash32 Hash(params ulong[] numbers)
    {
        var bytes = new byte[8 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8 * i), numbers[i]);
        return Keccak256.Hash(bytes);
    }

    public static Address Someone(ulong number) => new(Hash(number).ToArray().AsSpan(12));

    public static CompactSignature Signature(ulong number) => new([.. Hash(number).ToArray(), .. Hash(number, 1).ToArray()]);

    /// <param name="fork">Another number is another block at the same height.</param>
    public static BlockFact Block(ChainId chain, ulong height, ulong fork = 0) =>
        new(height, Hash(chain.Value, height, fork), Hash(chain.Value, height - 1, fork), DateTimeOffset.UnixEpoch.AddSeconds(height));

    public static BlockRef At(ChainId chain, ulong height, ulong fork = 0) => new(height, Block(chain, height, fork).Hash);

    /// <summary>The next message of the lane.</summary>
    public SentFact Send(ulong height, ulong fork = 0, UInt128? amount = null, Address? sender = null, Address? recipient = null)
    {
        var fact = Draft(_sent, height, fork, amount ?? 1000, sender ?? Someone(7), recipient ?? Someone(8));
        _sent.Add(fact);
        return fact;
    }

    /// <summary>Of the lane's messages only the first ones were ever sent.</summary>
    public void Forget(int from) => _sent.RemoveRange(from, _sent.Count - from);

    /// <summary>Another message than the one sent at <paramref name="sequence"/>.</summary>
    public SentFact Instead(int sequence, ulong height, ulong fork) => Draft([.. _sent.Take(sequence - 1)], height, fork, 666, Someone(7), Someone(9));

    public DeliveredFact Delivery(ulong first, ulong last, ulong height, Hash32? rollingHash = null, ulong fork = 0) => new(
        Lane, new Sequence(first), new Sequence(last), rollingHash ?? _sent[(int)last - 1].MessageId, Someone(5), Block(Lane.Destination, height, fork),
        Hash(Lane.Destination.Value, height, first, fork), 0);

    public DeferredFact Deferral(ulong sequence, ulong height, byte[]? reason = null, DateTimeOffset? retryAt = null) => new(
        Lane, new Sequence(sequence), reason ?? [1, 2, 3], Block(Lane.Destination, height), Hash(Lane.Destination.Value, height, sequence), 9, retryAt);

    public RetriedFact Retry(ulong sequence, ulong height) => new(
        Lane, new Sequence(sequence), Someone(6), Block(Lane.Destination, height), Hash(Lane.Destination.Value, height, sequence, 1), 10);

    public RefundedFact Refund(ulong sequence, ulong height) => new(
        Lane, new Sequence(sequence), new Sequence(1), Someone(6), Block(Lane.Destination, height), Hash(Lane.Destination.Value, height, sequence, 2), 11);

    public Checkpoint Checkpoint(ulong sequence, Hash32? rollingHash = null) => new(LaneId, new Sequence(sequence), rollingHash ?? _sent[(int)sequence - 1].MessageId);

    public Attestation Attestation(ulong sequence, ulong signer, Hash32? rollingHash = null, ulong epoch = 1) =>
        new(Lane, Checkpoint(sequence, rollingHash), new Epoch(epoch), Signature((signer * 1000) + sequence + epoch));

    public Task<bool> CertifyAsync(ulong sequence, Hash32? rollingHash = null) =>
        _store.Attestations.CertifyAsync(Lane, Checkpoint(sequence, rollingHash), new Certificate(new Epoch(1), 7, new byte[192]));

    public Task ReadSourceAsync(ulong to, IReadOnlyList<SentFact> sent, ulong fork = 0) => ReadAsync(Lane.Source, to, fork, sent, [], [], [], []);

    public Task ReadDestinationAsync(
        ulong to, IReadOnlyList<DeliveredFact> delivered, IReadOnlyList<DeferredFact>? deferred = null, IReadOnlyList<RetriedFact>? retried = null, ulong fork = 0,
        IReadOnlyList<RefundedFact>? refunded = null) =>
        ReadAsync(Lane.Destination, to, fork, [], delivered, deferred ?? [], retried ?? [], refunded ?? []);

    public async Task<ChainFacts> FactsAsync(ChainId chain, ulong to, ulong fork, IReadOnlyList<SentFact> sent)
    {
        var from = (await _store.Chains.CursorAsync(chain, default))!.At;
        var blocks = Enumerable.Range(1, (int)(to - from.Height)).Select(n => Block(chain, from.Height + (ulong)n, fork)).ToList();
        return new ChainFacts(chain, from, blocks, sent, [], [], [], [], At(chain, to, fork));
    }

    public Task FinalizeSourceAsync(ulong height, ulong fork = 0) => _store.Chains.FinalizeAsync(Lane.Source, At(Lane.Source, height, fork), default);
    public Task FinalizeDestinationAsync(ulong height) => _store.Chains.FinalizeAsync(Lane.Destination, At(Lane.Destination, height), default);

    public async Task<TransferStatus> StatusAsync(ulong sequence) => await StatusAsync(_sent[(int)sequence - 1].MessageId);

    public async Task<TransferStatus> StatusAsync(Hash32 messageId)
    {
        await using var db = _store.Db;
        return await db.Messages.Where(m => m.MessageId == messageId).Select(m => m.Status).SingleAsync();
    }

    public async Task<string?> HaltAsync() => (await _store.Halts.CurrentAsync(Lane, default))?.Code;

    private async Task ReadAsync(
        ChainId chain, ulong to, ulong fork, IReadOnlyList<SentFact> sent, IReadOnlyList<DeliveredFact> delivered, IReadOnlyList<DeferredFact> deferred,
        IReadOnlyList<RetriedFact> retried, IReadOnlyList<RefundedFact> refunded) => await _store.Chains.RecordAsync(
            (await FactsAsync(chain, to, fork, sent)) with { Delivered = delivered, Deferred = deferred, Retried = retried, Refunded = refunded }, default);

    private SentFact Draft(List<SentFact> before, ulong height, ulong fork, UInt128 amount, Address sender, Address recipient)
    {
        var message = Message.Transfer(new AssetId(1), sender, recipient, amount, 10);
        var wire = MessageCodec.Encode(message);
        var previous = before.Count == 0 ? LaneId : before[^1].MessageId;
        var sequence = (ulong)before.Count + 1;
        return new SentFact(Lane, new Sequence(sequence), RollingHash.Fold(previous, wire), LaneId, wire, message,
            Block(Lane.Source, height, fork), Hash(Lane.Source.Value, sequence, amount == 666 ? 666UL : 0), (uint)sequence);
    }
}
