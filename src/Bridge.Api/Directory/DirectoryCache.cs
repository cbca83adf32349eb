using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Directory;

/// <summary>
/// The directory as it was a second ago at most, read once for all who ask at the same time. A failed read is not kept: the next caller tries.
/// </summary>
internal sealed class DirectoryCache(DirectoryQueries queries, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshTimes = TimeSpan.FromSeconds(30);

    private readonly Cached<DirectorySnapshot> _snapshot = new(time, Fresh);
    private readonly Cached<IReadOnlyDictionary<Lane, ArrivalTimes>> _times = new(time, FreshTimes);

    public Task<DirectorySnapshot> ReadAsync(CancellationToken ct) => _snapshot.GetAsync(queries.ReadAsync, ct);

    /// <summary>Of every lane through which something arrived.</summary>
    public Task<IReadOnlyDictionary<Lane, ArrivalTimes>> TimesAsync(CancellationToken ct) => _times.GetAsync(async stop =>
    {
        var times = new Dictionary<Lane, ArrivalTimes>();
        foreach (var row in (await ReadAsync(stop)).Lanes)
            if (new Lane(row.SourceChain, row.DestinationChain) is var lane && await queries.TimesAsync(lane, stop) is { } measured) times[lane] = measured;
        return times;
    }, ct);
}
