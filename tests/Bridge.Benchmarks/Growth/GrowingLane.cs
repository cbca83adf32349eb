using Bridge.Benchmarks.Api;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;

namespace Bridge.Benchmarks.Growth;

/// <summary>The first lane of a filled database, which goes on: one block of messages after the other, each taken through every status that it has.</summary>
internal sealed class GrowingLane(MadeUp made, ChainStore chains, AttestationStore attestations)
{
    public const int Messages = 1000;
    private const int Batch = 100;

    private readonly Lane _lane = made.Lane;
    private LaneState _head = new(new Sequence((ulong)made.Count), made.Ids[^1]);
    private IReadOnlyList<SentFact> _sent = [];

    /// <summary>A block of the source, with as many messages.</summary>
    public async Task SendAsync()
    {
        var (from, block) = await NextAsync(_lane.Source);
        var sent = new List<SentFact>(Messages);
        for (uint n = 0; n < Messages; n++)
        {
            var sequence = _head.Sequence.Next();
            var wire = MadeUp.Wire((int)sequence.Value);
            _head = new LaneState(sequence, RollingHash.Fold(_head.RollingHash, wire));
            sent.Add(new SentFact(_lane, sequence, _head.RollingHash, made.LaneId, wire, MadeUp.Message((int)sequence.Value), block, made.Hash("sent", (int)sequence.Value), n));
        }
        _sent = sent;
        await chains.RecordAsync(Facts(_lane.Source, from, block) with { Sent = sent }, default);
    }

    public Task FinalizeSourceAsync() => FinalizeAsync(_lane.Source);

    /// <summary>One certificate for all of them.</summary>
    public Task CertifyAsync() => attestations.CertifyAsync(_lane, [(new Checkpoint(made.LaneId, _head.Sequence, _head.RollingHash), new Certificate(new Epoch(1), 7, new byte[192]))], default);

    /// <summary>A block of the destination that delivers them, a hundred at once.</summary>
    public async Task DeliverAsync()
    {
        var (from, block) = await NextAsync(_lane.Destination);
        var delivered = _sent.Chunk(Batch).Select((batch, n) => new DeliveredFact(
            _lane, batch[0].Sequence, batch[^1].Sequence, batch[^1].MessageId, MadeUp.Validators[0], block, made.Hash("delivered", (int)batch[^1].Sequence.Value), (uint)n));
        await chains.RecordAsync(Facts(_lane.Destination, from, block) with { Delivered = [.. delivered] }, default);
    }

    public Task FinalizeDestinationAsync() => FinalizeAsync(_lane.Destination);

    /// <summary>A block of the source without anything, read and made final.</summary>
    public async Task PassAsync()
    {
        var (from, block) = await NextAsync(_lane.Source);
        await chains.RecordAsync(Facts(_lane.Source, from, block), default);
        await FinalizeAsync(_lane.Source);
    }

    private async Task FinalizeAsync(ChainId chain) => await chains.FinalizeAsync(chain, (await chains.CursorAsync(chain, default))!.At, default);

    private async Task<(BlockRef From, BlockFact Block)> NextAsync(ChainId chain)
    {
        var from = (await chains.CursorAsync(chain, default))!.At;
        return (from, new BlockFact(from.Height + 1, made.Hash("block", (int)from.Height + 1), from.Hash, DateTimeOffset.UtcNow));
    }

    private static ChainFacts Facts(ChainId chain, BlockRef from, BlockFact block) => new(chain, from, [block], [], [], [], [], [], new BlockRef(block.Height, block.Hash));
}
