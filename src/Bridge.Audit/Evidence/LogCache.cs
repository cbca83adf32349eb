using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>Logs of final blocks, read once: an audit after another reads only what came since. Kept in memory, some hundred bytes a message.</summary>
internal sealed class LogCache(ChainClient client, ulong startBlock)
{
    private const ulong Range = 2000;

    private readonly Dictionary<Address, (ulong Next, List<LogEntry> Logs)> _read = [];
    private BlockRef? _end;
    private BlockRef? _vanished;

    /// <summary>To be called with the new end before anything is read. Returns the first block, if any, that was final once and is on the chain no more.</summary>
    public async Task<BlockRef?> AdvanceAsync(BlockRef end, CancellationToken ct)
    {
        var before = _end;
        _end = end;
        if (before is not { } known || known.Height > end.Height || (await client.BlockAsync(known.Height, ct)).Hash == known.Hash) return _vanished;
        _read.Clear();
        return _vanished ??= known;
    }

    public async Task<IReadOnlyList<LogEntry>> ReadAsync(Address emitter, ulong to, CancellationToken ct)
    {
        if (!_read.TryGetValue(emitter, out var known)) known = (startBlock, []);
        for (; known.Next <= to; known.Next = Math.Min(to, known.Next + Range - 1) + 1)
        {
            known.Logs.AddRange(await client.LogsAsync(emitter, known.Next, Math.Min(to, known.Next + Range - 1), ct));
            _read[emitter] = (Math.Min(to, known.Next + Range - 1) + 1, known.Logs);
        }
        return known.Next == to + 1 ? known.Logs : [.. known.Logs.Where(log => log.Block.Height <= to)];
    }
}
