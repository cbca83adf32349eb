using Bridge.Core;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <param name="Name">In the configuration.</param>
/// <param name="Api">Base URL, ending with a slash.</param>
public sealed record WatchedLog(string Name, Uri Api, string Origin, Address Operator);

/// <summary>
/// Cosigns another operator's checkpoints, each only after it is shown to have grown out of the last one that was seen: two histories
/// of one log never both get this witness's name. What is seen is stored before its cosignature leaves.
/// </summary>
public sealed class LogWitness(WatchedLog watched, LogKey key, HttpClient http, LogStore store, TimeProvider time, DirectoryStore directory, ILogger<LogWitness> log)
    : Worker($"log witness {watched.Name}", directory, log)
{
    private readonly RemoteLog _remote = new(watched.Api, http);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (await _remote.CheckpointAsync(ct) is not { } note) return "the log has no checkpoint yet";
        var checkpoint = note.Checkpoint;
        if (checkpoint.Origin != watched.Origin || note.By(watched.Operator, NoteRole.Operator) is null)
            throw new InvalidOperationException($"the checkpoint is not one of {watched.Origin} by {watched.Operator}");
        if (note.By(key.Signer.Address, NoteRole.Witness) is not null) return null;
        var seen = await store.SeenAsync(watched.Origin, ct);
        if (seen is not null) await RequireGrownAsync(seen, checkpoint, ct);
        if (!await store.SaveSeenAsync(note, seen, ct)) return "another process has seen more";
        await _remote.CosignAsync(new SignedNote(checkpoint, [await key.SignAsync(checkpoint, NoteRole.Witness, time.GetUtcNow(), ct)]), ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(2), ct);

    private async Task RequireGrownAsync(LogCheckpoint seen, LogCheckpoint now, CancellationToken ct)
    {
        if (now.Size < seen.Size) throw Rewritten(seen, now);
        var proof = now.Size == seen.Size ? [] : await _remote.RootsAsync(MerkleProof.Consistency(seen.Size, now.Size), now.Size, ct);
        if (!MerkleProof.ProvesConsistency(proof, seen.Size, now.Size, seen.Root, now.Root)) throw Rewritten(seen, now);
    }

    private InvalidOperationException Rewritten(LogCheckpoint seen, LogCheckpoint now)
    {
        log.LogCritical("log {Origin}: {Size} leaves with root {Root} did not grow out of {SeenSize} with root {SeenRoot}", watched.Origin, now.Size, now.Root, seen.Size, seen.Root);
        return new InvalidOperationException($"{watched.Origin} tells another history than before: {now.Size} leaves with root {now.Root} did not grow out of {seen.Size} leaves with root {seen.Root}. Both are signed; ask its operator");
    }
}
