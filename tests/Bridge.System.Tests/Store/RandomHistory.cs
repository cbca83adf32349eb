using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

/// <summary>What two chains can do to a lane, in any order: send, become final, deliver, defer, retry, refund, and be reorganized on either side.</summary>
internal sealed class RandomHistory(StoreFixture store, Scene scene, Random random)
{
    private readonly Dictionary<ulong, ulong> _sourceForks = new() { [0] = 0 };
    private readonly Dictionary<ulong, ulong> _destinationForks = new() { [0] = 0 };
    private readonly List<ulong> _sentAt = [];
    private readonly List<(ulong Height, ulong Last)> _delivered = [];
    private readonly List<(ulong Height, ulong Sequence)> _deferred = [];
    private readonly List<(ulong Height, ulong Sequence)> _ended = [];
    private ulong _source, _sourceFinal, _destination, _destinationFinal, _fork;

    /// <summary>Messages that a reorg replaced.</summary>
    public int Orphaned { get; private set; }

    private ChainId Source => scene.Lane.Source;
    private ChainId Destination => scene.Lane.Destination;

    /// <returns>What was done, in words.</returns>
    public async Task<string> StepAsync()
    {
        switch (random.Next(9))
        {
            case 0 or 1: await SendAsync(); return "messages were sent";
            case 2 or 3: await FinalizeSourceAsync(); return "the source became final";
            case 4: await ReorganizeSourceAsync(); return "the source was reorganized";
            case 5: await DeliverAsync(); return "messages were delivered";
            case 6: await FinalizeDestinationAsync(); return "the destination became final";
            case 7: await ReorganizeDestinationAsync(); return "the destination was reorganized";
            default: await EndDeferralAsync(); return "a deferred message was retried or refunded";
        }
    }

    private async Task SendAsync()
    {
        var to = _source + (ulong)random.Next(1, 4);
        var sent = new List<SentFact>();
        for (var height = _source + 1; height <= to; height++)
        {
            _sourceForks[height] = _fork;
            for (var n = random.Next(3); n > 0; n--)
            {
                sent.Add(scene.Send(height, _fork, amount: (UInt128)random.Next(10, 1_000_000)));
                _sentAt.Add(height);
            }
        }
        await scene.ReadSourceAsync(to, sent, _fork);
        _source = to;
    }

    private async Task FinalizeSourceAsync()
    {
        if (_source == _sourceFinal) return;
        _sourceFinal = (ulong)random.NextInt64((long)_sourceFinal + 1, (long)_source + 1);
        await scene.FinalizeSourceAsync(_sourceFinal, _sourceForks[_sourceFinal]);
    }

    /// <summary>Some of what is gone is mined again, the rest gives way to other messages.</summary>
    private async Task ReorganizeSourceAsync()
    {
        if (_source == _sourceFinal) return;
        var ancestor = (ulong)random.NextInt64((long)_sourceFinal, (long)_source);
        await store.Chains.RewindAsync(Source, Scene.At(Source, ancestor, _sourceForks[ancestor]), default);
        var first = _sentAt.FindIndex(height => height > ancestor) is >= 0 and var found ? found : _sentAt.Count;
        var kept = first + random.Next(_sentAt.Count - first + 1);
        Orphaned += _sentAt.Count - kept;
        scene.Forget(kept);
        _sentAt.RemoveRange(first, _sentAt.Count - first);
        (_fork, _source) = (_fork + 1, ancestor + 1);
        _sourceForks[_source] = _fork;
        var again = scene.Sent.Skip(first).Select(fact => fact with { Block = Scene.Block(Source, _source, _fork) }).ToList();
        _sentAt.AddRange(again.Select(_ => _source));
        await scene.ReadSourceAsync(_source, again, _fork);
    }

    private async Task DeliverAsync()
    {
        var first = (_delivered.Count == 0 ? 0 : _delivered[^1].Last) + 1;
        var final = (ulong)_sentAt.Count(height => height <= _sourceFinal);
        if (final < first) return;
        var last = (ulong)random.NextInt64((long)first, (long)final + 1);
        var block = NextBlock();
        var deferred = new List<DeferredFact>();
        if (random.Next(2) == 0)
        {
            var sequence = (ulong)random.NextInt64((long)first, (long)last + 1);
            deferred.Add(scene.Deferral(sequence, block.Height) with { Block = block });
            _deferred.Add((block.Height, sequence));
        }
        await scene.ReadDestinationAsync(block.Height, [scene.Delivery(first, last, block.Height, fork: _fork)], deferred, fork: _fork);
        _delivered.Add((block.Height, last));
    }

    private async Task EndDeferralAsync()
    {
        var open = _deferred.Where(deferred => _ended.TrueForAll(ended => ended.Sequence != deferred.Sequence)).ToList();
        if (open.Count == 0) return;
        var (sequence, block) = (open[random.Next(open.Count)].Sequence, NextBlock());
        if (random.Next(2) == 0) await scene.ReadDestinationAsync(block.Height, [], retried: [scene.Retry(sequence, block.Height) with { Block = block }], fork: _fork);
        else await scene.ReadDestinationAsync(block.Height, [], refunded: [scene.Refund(sequence, block.Height) with { Block = block }], fork: _fork);
        _ended.Add((block.Height, sequence));
    }

    private async Task FinalizeDestinationAsync()
    {
        if (_destination == _destinationFinal) return;
        _destinationFinal = (ulong)random.NextInt64((long)_destinationFinal + 1, (long)_destination + 1);
        await store.Chains.FinalizeAsync(Destination, Scene.At(Destination, _destinationFinal, _destinationForks[_destinationFinal]), default);
    }

    private async Task ReorganizeDestinationAsync()
    {
        if (_destination == _destinationFinal) return;
        _destination = (ulong)random.NextInt64((long)_destinationFinal, (long)_destination);
        await store.Chains.RewindAsync(Destination, Scene.At(Destination, _destination, _destinationForks[_destination]), default);
        _delivered.RemoveAll(delivered => delivered.Height > _destination);
        _deferred.RemoveAll(deferred => deferred.Height > _destination);
        _ended.RemoveAll(ended => ended.Height > _destination);
        _fork++;
    }

    private BlockFact NextBlock()
    {
        _destinationForks[++_destination] = _fork;
        return Scene.Block(Destination, _destination, _fork);
    }
}
