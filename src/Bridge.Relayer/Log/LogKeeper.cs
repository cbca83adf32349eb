using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <summary>Makes leaves of what happened, and signs how large the log is.</summary>
public sealed class LogKeeper(BridgeOptions options, LogKey key, LogSequencer sequencer, LogReader reader, LogStore store, TimeProvider time, DirectoryStore directory, ILogger<LogKeeper> log)
    : Worker("log", directory, log)
{
    private readonly Address[] _witnesses = [.. options.Log.Witnesses.Select(Address.Parse)];
    private bool _begun;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (!_begun) await BeginAsync(ct);
        var newest = await store.NewestAsync(ct);
        // A long backlog does not keep what is there from being signed.
        while (await sequencer.AppendAsync(ct) == LogSequencer.Batch && !IsDue(newest?.At)) { }
        if (IsDue(newest?.At)) await SignAsync(ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(500), ct);

    private bool IsDue(DateTimeOffset? last) => last is not { } signed || time.GetUtcNow() - signed >= TimeSpan.FromSeconds(options.Log.CheckpointSeconds);

    private async Task BeginAsync(CancellationToken ct)
    {
        if (await sequencer.BeginAsync(ct)) log.LogInformation("the log begins: what there is in the database is told first");
        await store.SaveWitnessesAsync(_witnesses, ct);
        _begun = true;
    }

    private async Task SignAsync(CancellationToken ct)
    {
        var (newest, size) = (await store.NewestAsync(ct), await reader.SizeAsync(ct));
        if (size == 0 || size == newest?.Size) return;
        // What was signed once is never contradicted: whoever changed the database gets no signature over it.
        if (newest is { } before && await reader.RootAsync(before.Size, ct) != before.Root)
            throw new InvalidOperationException($"the log's first {before.Size} leaves are not what was signed: the database was altered. Run bridge audit verify --log, and sign nothing until it is explained");
        var checkpoint = new LogCheckpoint(key.Origin, size, await reader.RootAsync(size, ct));
        await store.SaveAsync(checkpoint, await key.SignAsync(checkpoint, NoteRole.Operator, time.GetUtcNow(), ct), ct);
        log.LogInformation("log of {Size} leaves: root {Root} signed", size, checkpoint.Root);
    }
}
